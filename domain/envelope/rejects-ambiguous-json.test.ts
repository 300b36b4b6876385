import assert from 'node:assert/strict'
import { test } from 'node:test'
import { limits } from '../limits.ts'
import { encodeBase64Url } from './base64url.ts'
import { canonicalJson } from './canonical-json.ts'
import { contextOf, createTestKey, sampleMembers, sealJose, sealJson } from './envelope.fixture.ts'
import { protectedHeader } from './signed-forms.ts'
import { verifyEnvelope } from './verify-envelope.ts'

const key = await createTestKey()
const honest = await sealJson(key, sampleMembers)
const payload = canonicalJson(sampleMembers)
const start = '{"config":{'
const deep = (levels: number) => `"deep":${'['.repeat(levels)}${']'.repeat(levels)},`

/** What is put behind the first two brackets, and why that must be refused. */
const insertions: Record<string, [string, string]> = {
  'a member twice': ['"playground":{"enforcement":"default","value":true},', 'duplicate_member'],
  'a member twice, once in escapes': [
    '"pl\\u0061yground":{"enforcement":"default","value":true},',
    'duplicate_member',
  ],
  'a member twice inside a list': ['"a":[{"b":1,"c":[2],"b":3}],', 'duplicate_member'],
  'a member named __proto__ twice': ['"__proto__":1,"__proto__":2,', 'duplicate_member'],
  'half of a surrogate pair': ['"a":"\\ud83d",', 'lone_surrogate'],
  'half of a surrogate pair in a name': ['"\\udc00":1,', 'lone_surrogate'],
  'a number that is infinity': ['"a":1e999,', 'number_out_of_range'],
  'a number that is minus infinity': ['"a":[-1e999],', 'number_out_of_range'],
  'more levels than a policy may have': [deep(limits.document.depth + 1), 'too_deep'],
  'a hundred thousand levels': [deep(100_000), 'too_deep'],
}

for (const [name, [inserted, reason]] of Object.entries(insertions)) {
  test(`rejects ${name} in the JSON form`, async () => {
    const text = honest.replace(start, start + inserted)
    assert.deepEqual(await verifyEnvelope(text, contextOf(key)), {
      ok: false,
      problem: { step: 'form', reason },
    })
  })
  test(`rejects ${name} in the JOSE form, although it is signed`, async () => {
    const text = await sealJose(key, payload.replace(start, start + inserted))
    assert.deepEqual(await verifyEnvelope(text, contextOf(key)), {
      ok: false,
      problem: { step: 'form', reason },
    })
  })
}

test('rejects a second signature', async () => {
  const text = `${honest.slice(0, -1)},"signature":"a..b"}`
  assert.deepEqual(await verifyEnvelope(text, contextOf(key)), {
    ok: false,
    problem: { step: 'form', reason: 'duplicate_member' },
  })
})

test('takes one name at two places, and brackets and quotes inside of texts, for what they are', async () => {
  const config = { a: { b: [{ c: 1 }, { c: 2 }] }, b: { c: '{"c":1,"c":2}]\\' }, 'c"{': [',"', -1.5e-7] }
  const text = await sealJson(key, { ...sampleMembers, config })
  assert.ok((await verifyEnvelope(text, contextOf(key))).ok)
})

const bytesOf = (text: string) => new TextEncoder().encode(text)
const badText: Record<string, [Uint8Array, string]> = {
  'bytes that are no UTF-8': [Uint8Array.from([...bytesOf('{"a":"'), 0xff, ...bytesOf('"}')]), 'not_utf8'],
  'a surrogate in UTF-8': [
    Uint8Array.from([...bytesOf('{"a":"'), 0xed, 0xa0, 0x80, ...bytesOf('"}')]),
    'not_utf8',
  ],
  'a byte order mark': [Uint8Array.from([0xef, 0xbb, 0xbf, ...bytesOf(payload)]), 'not_json'],
}
for (const [name, [bytes, reason]] of Object.entries(badText)) {
  test(`rejects a signed payload with ${name}`, async () => {
    const input = `${protectedHeader(key.jwk.kid)}.${encodeBase64Url(bytes)}`
    const text = `${input}.${await key.sign(input)}`
    assert.deepEqual(await verifyEnvelope(text, contextOf(key)), {
      ok: false,
      problem: { step: 'form', reason },
    })
  })
}
