import assert from 'node:assert/strict'
import { test } from 'node:test'
import { limits } from '../limits.ts'
import { canonicalJson } from './canonical-json.ts'
import { contextOf, createTestKey, sampleMembers, sealJose, sealJson } from './envelope.fixture.ts'
import { verifyEnvelope } from './verify-envelope.ts'

const key = await createTestKey()
const size = (text: string) => new TextEncoder().encode(text).length
const filled = (filler: string) => ({ ...sampleMembers, filler })
const tooLarge = { ok: false, problem: { step: 'size', reason: 'too_large' } }

/** An envelope in the JSON form whose text has exactly so many bytes. */
async function jsonOf(bytes: number, letter = 'x'): Promise<string> {
  const room = bytes - size(await sealJson(key, filled('')))
  const filler = letter.repeat(Math.floor(room / size(letter)))
  const text = await sealJson(key, filled(filler + 'x'.repeat(room - size(filler))))
  assert.equal(size(text), bytes)
  return text
}

test('accepts 512 KiB', async () => {
  assert.ok((await verifyEnvelope(await jsonOf(limits.envelope.bytes), contextOf(key))).ok)
})

test('rejects one byte more', async () => {
  assert.deepEqual(await verifyEnvelope(await jsonOf(limits.envelope.bytes + 1), contextOf(key)), tooLarge)
})

test('counts bytes, not characters', async () => {
  assert.ok((await verifyEnvelope(await jsonOf(limits.envelope.bytes, '🐝'), contextOf(key))).ok)
  const text = await jsonOf(limits.envelope.bytes + 1, '🐝')
  assert.ok(text.length < limits.envelope.bytes)
  assert.deepEqual(await verifyEnvelope(text, contextOf(key)), tooLarge)
})

test('holds for the JOSE form too', async () => {
  const empty = size(await sealJose(key, canonicalJson(filled(''))))
  const room = Math.floor(((limits.envelope.bytes - empty) * 3) / 4)
  assert.ok(
    (await verifyEnvelope(await sealJose(key, canonicalJson(filled('x'.repeat(room - 3)))), contextOf(key)))
      .ok,
  )
  const over = await sealJose(key, canonicalJson(filled('x'.repeat(room + 3))))
  assert.deepEqual(await verifyEnvelope(over, contextOf(key)), tooLarge)
})

test('asks for no signature check before the size is right', async () => {
  const verifySignature = () => assert.fail('too early')
  const text = await jsonOf(limits.envelope.bytes + 1)
  assert.deepEqual(await verifyEnvelope(text, contextOf(key, { verifySignature })), tooLarge)
})
