import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeBase64Url, encodeBase64Url } from './base64url.ts'
import { canonicalJson } from './canonical-json.ts'
import { contextOf, createTestKey, sampleMembers, sealJose } from './envelope.fixture.ts'
import { verifyEnvelope } from './verify-envelope.ts'

const key = await createTestKey()
const [header = '', payload = '', signature = ''] = (await sealJose(key, canonicalJson(sampleMembers))).split(
  '.',
)
const bytes = decodeBase64Url(signature) ?? new Uint8Array()
const order = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'

/** The same signature as ASN.1, which OpenSSL writes unless told otherwise. */
function der(raw: Uint8Array): Uint8Array {
  const integer = (part: Uint8Array) => [2, part.length + 1, 0, ...part]
  const body = [...integer(raw.slice(0, 32)), ...integer(raw.slice(32))]
  return Uint8Array.from([0x30, body.length, ...body])
}

const signatures: Record<string, [string, string]> = {
  'in DER': [encodeBase64Url(der(bytes)), 'signature_length'],
  'of 63 bytes': [encodeBase64Url(bytes.slice(0, 63)), 'signature_length'],
  'of 65 bytes': [encodeBase64Url(Uint8Array.from([...bytes, 0])), 'signature_length'],
  'of no bytes': ['', 'signature_length'],
  'of zeros': [encodeBase64Url(new Uint8Array(64)), 'signature_wrong'],
  'with R zero': [
    encodeBase64Url(Uint8Array.from([...new Uint8Array(32), ...bytes.slice(32)])),
    'signature_wrong',
  ],
  'with the order of the group for R and S': [
    encodeBase64Url(Uint8Array.from(Buffer.from(order + order, 'hex'))),
    'signature_wrong',
  ],
  'with R and S in each other’s place': [
    encodeBase64Url(Uint8Array.from([...bytes.slice(32), ...bytes.slice(0, 32)])),
    'signature_wrong',
  ],
  'with padding': [`${signature}==`, 'not_base64url'],
  'with left-over bits': [`${signature.slice(0, -1)}${signature.endsWith('A') ? 'B' : 'z'}`, 'not_base64url'],
  'in plain base64': [Buffer.alloc(64, 0xff).toString('base64').replace(/=+$/, ''), 'not_base64url'],
  'with a newline': [`${signature}\n`, 'not_base64url'],
}

for (const [name, [text, reason]] of Object.entries(signatures)) {
  test(`rejects a signature ${name}, as JOSE`, async () => {
    const result = await verifyEnvelope(`${header}.${payload}.${text}`, contextOf(key))
    assert.equal(result.ok ? 'accepted' : result.problem.reason, reason)
  })
  test(`rejects a signature ${name}, as JSON`, async () => {
    const json = canonicalJson({ ...sampleMembers, signature: `${header}..${text}` })
    const result = await verifyEnvelope(json, contextOf(key))
    assert.equal(result.ok ? 'accepted' : result.problem.reason, reason)
  })
}

const forms: Record<string, [string, string]> = {
  'no signature': [canonicalJson(sampleMembers), 'not_an_envelope'],
  'a signature that is no text': [canonicalJson({ ...sampleMembers, signature: 1 }), 'not_an_envelope'],
  'a signature that holds its payload': [
    canonicalJson({ ...sampleMembers, signature: `${header}.${payload}.${signature}` }),
    'not_compact',
  ],
  'a signature of two parts': [
    canonicalJson({ ...sampleMembers, signature: `${header}.${signature}` }),
    'not_compact',
  ],
  'four parts': [`${header}.${payload}.${signature}.`, 'not_compact'],
  'an encrypted JWE of five parts': ['a.b.c.d.e', 'not_compact'],
  'a list of envelopes': [`[${canonicalJson(sampleMembers)}]`, 'not_an_envelope'],
  'the page of a captive portal': ['<!doctype html><title>Sign in</title>', 'not_compact'],
  nothing: ['', 'not_compact'],
  'JSON that is cut off': [canonicalJson(sampleMembers).slice(0, -2), 'not_json'],
}

for (const [name, [text, reason]] of Object.entries(forms)) {
  test(`rejects ${name}`, async () => {
    assert.deepEqual(await verifyEnvelope(text, contextOf(key)), {
      ok: false,
      problem: { step: 'form', reason },
    })
  })
}

for (const [name, json] of Object.entries({ text: '"text"', list: '[]', number: '1', null: 'null' })) {
  test(`rejects a signed payload that is a JSON ${name}`, async () => {
    assert.deepEqual(await verifyEnvelope(await sealJose(key, json), contextOf(key)), {
      ok: false,
      problem: { step: 'form', reason: 'not_an_envelope' },
    })
  })
}
