import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { encodeText } from './base64url.ts'
import { canonicalJson } from './canonical-json.ts'
import { contextOf, createTestKey, flipBit, sampleMembers, sealJose, sealJson } from './envelope.fixture.ts'
import { verifyEnvelope } from './verify-envelope.ts'

const key = await createTestKey()
const json = await sealJson(key, sampleMembers)
const jose = await sealJose(key, canonicalJson(sampleMembers))
const wrong = { ok: false, problem: { step: 'signature', reason: 'signature_wrong' } }

const changes: Record<string, object> = {
  'a later serial': { serial: 43 },
  'a longer life': { not_after: '2026-10-20T14:13:20Z' },
  'a directive turned round': { config: { playground: { value: true, enforcement: 'enforced' } } },
  'a weaker enforcement': { config: { playground: { value: false, enforcement: 'default' } } },
  'a directive taken out': { config: {} },
  'an outage policy put in': { degraded_mode: { policy: 'warn' } },
  'a member put in': { zzz: 1 },
}

for (const [name, change] of Object.entries(changes)) {
  test(`rejects ${name} under the old signature, as JSON`, async () => {
    const text = canonicalJson({ ...JSON.parse(json), ...change })
    assert.deepEqual(await verifyEnvelope(text, contextOf(key)), wrong)
  })
  test(`rejects ${name} under the old signature, as JOSE`, async () => {
    const [header, , signature] = jose.split('.')
    const text = `${header}.${encodeText(canonicalJson({ ...sampleMembers, ...change }))}.${signature}`
    assert.deepEqual(await verifyEnvelope(text, contextOf(key)), wrong)
  })
}

test('rejects the signature of another envelope by the same key', async () => {
  const other = JSON.parse(await sealJson(key, { ...sampleMembers, serial: 41 }))
  const text = canonicalJson({ ...JSON.parse(json), signature: other.signature })
  assert.deepEqual(await verifyEnvelope(text, contextOf(key)), wrong)
})

test('rejects a signature with one bit turned', async () => {
  const [header, payload, signature = ''] = jose.split('.')
  const text = `${header}.${payload}.${flipBit(signature)}`
  assert.deepEqual(await verifyEnvelope(text, contextOf(key)), wrong)
})

test('rejects the text of an envelope with any one character replaced', async () => {
  const letter = fc.constantFrom(...'aZ09.-_{}[]",: =\\')
  await fc.assert(
    fc.asyncProperty(fc.nat(), letter, fc.constantFrom(json, jose), async (place, replacement, text) => {
      const at = place % text.length
      if (text[at] === replacement) return
      const changed = text.slice(0, at) + replacement + text.slice(at + 1)
      const result = await verifyEnvelope(changed, contextOf(key))
      assert.equal(result.ok, false, changed)
    }),
    { numRuns: 2000 },
  )
})

test('answers whatever text with a refusal, never with a throw', async () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('{', '}', '"signature":', '"a..b"', '.', '..', json.slice(0, 80), jose.slice(0, 200)),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 8 }), async (pieces) => {
      assert.equal((await verifyEnvelope(pieces.join(''), contextOf(key))).ok, false)
    }),
    { numRuns: 2000 },
  )
})
