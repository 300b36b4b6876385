import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeText } from './base64url.ts'
import { canonicalJson } from './canonical-json.ts'
import { contextOf, createTestKey, sampleMembers, sealJose } from './envelope.fixture.ts'
import { headerJson } from './signed-forms.ts'
import { verifyEnvelope } from './verify-envelope.ts'

const key = await createTestKey()
const stranger = await createTestKey()
const { kid } = key.jwk
const typ = 'toolhive-config+jws'
const payload = canonicalJson(sampleMembers)

const headers: Record<string, [header: string, reason: 'algorithm' | 'type' | 'header']> = {
  'alg none': [`{"alg":"none","kid":"${kid}","typ":"${typ}"}`, 'algorithm'],
  'alg None': [`{"alg":"None","kid":"${kid}","typ":"${typ}"}`, 'algorithm'],
  'alg HS256': [`{"alg":"HS256","kid":"${kid}","typ":"${typ}"}`, 'algorithm'],
  'alg ES384': [`{"alg":"ES384","kid":"${kid}","typ":"${typ}"}`, 'algorithm'],
  'alg ES256K': [`{"alg":"ES256K","kid":"${kid}","typ":"${typ}"}`, 'algorithm'],
  'alg as a list': [`{"alg":["ES256"],"kid":"${kid}","typ":"${typ}"}`, 'header'],
  'no alg': [`{"kid":"${kid}","typ":"${typ}"}`, 'algorithm'],
  'the typ of an access token': [`{"alg":"ES256","kid":"${kid}","typ":"at+jwt"}`, 'type'],
  'the typ in capitals': [`{"alg":"ES256","kid":"${kid}","typ":"TOOLHIVE-CONFIG+JWS"}`, 'type'],
  'no typ': [`{"alg":"ES256","kid":"${kid}"}`, 'type'],
  'a critical extension': [`{"alg":"ES256","crit":["exp"],"exp":1,"kid":"${kid}","typ":"${typ}"}`, 'header'],
  'an unencoded payload': [
    `{"alg":"ES256","b64":false,"crit":["b64"],"kid":"${kid}","typ":"${typ}"}`,
    'header',
  ],
  'a key brought along': [
    `{"alg":"ES256","jwk":${JSON.stringify(stranger.jwk)},"kid":"${kid}","typ":"${typ}"}`,
    'header',
  ],
  'an address of keys': [`{"alg":"ES256","jku":"https://a.example","kid":"${kid}","typ":"${typ}"}`, 'header'],
  'another order of the members': [`{"alg":"ES256","typ":"${typ}","kid":"${kid}"}`, 'header'],
  'a space': [`{"alg":"ES256", "kid":"${kid}","typ":"${typ}"}`, 'header'],
  'a member twice': [`{"alg":"none","alg":"ES256","kid":"${kid}","typ":"${typ}"}`, 'header'],
  'a kid that is no text': [`{"alg":"ES256","kid":1,"typ":"${typ}"}`, 'header'],
  'no object': ['"ES256"', 'header'],
  'no JSON': ['ES256', 'header'],
  'nothing at all': ['', 'header'],
}

for (const [name, [header, reason]] of Object.entries(headers)) {
  test(`rejects a header with ${name}, honestly signed as it is`, async () => {
    const jose = await sealJose(key, payload, header)
    const expected = { ok: false, problem: { step: 'header', reason } }
    assert.deepEqual(await verifyEnvelope(jose, contextOf(key)), expected)

    const [first = '', , signature = ''] = jose.split('.')
    const json = canonicalJson({ ...sampleMembers, signature: `${first}..${signature}` })
    assert.deepEqual(await verifyEnvelope(json, contextOf(key)), expected)
  })
}

test('rejects an envelope without a signature that says so', async () => {
  const unsigned = `${encodeText(`{"alg":"none","kid":"${kid}","typ":"${typ}"}`)}.${encodeText(payload)}.`
  const result = await verifyEnvelope(unsigned, contextOf(key))
  assert.deepEqual(result, { ok: false, problem: { step: 'header', reason: 'algorithm' } })
})

test('accepts the one header that is right', async () => {
  assert.ok((await verifyEnvelope(await sealJose(key, payload, headerJson(kid)), contextOf(key))).ok)
})
