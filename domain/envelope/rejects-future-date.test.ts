import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatInstant } from '../instant.ts'
import { contextOf, createTestKey, NOW, sampleMembers, sealBoth, sealJson } from './envelope.fixture.ts'
import { verifyEnvelope } from './verify-envelope.ts'

const key = await createTestKey()

for (const form of ['JSON form', 'JOSE form'] as const) {
  test(`accepts a date 60 seconds ahead and rejects one 61 seconds ahead (${form})`, async () => {
    const near = await sealBoth(key, { ...sampleMembers, issued_at: formatInstant(NOW + 60) })
    const far = await sealBoth(key, { ...sampleMembers, issued_at: formatInstant(NOW + 61) })
    assert.ok((await verifyEnvelope(near[form], contextOf(key))).ok)
    assert.deepEqual(await verifyEnvelope(far[form], contextOf(key)), {
      ok: false,
      problem: { step: 'issued_at', reason: 'from_the_future', issuedAt: NOW + 61 },
    })
  })
}

for (const issued_at of ['2026-09-21T14:13:20.5Z', '2026-09-21 14:13:20Z', 1_790_000_000, null]) {
  test(`rejects ${JSON.stringify(issued_at)} as issued_at`, async () => {
    const result = await verifyEnvelope(await sealJson(key, { ...sampleMembers, issued_at }), contextOf(key))
    assert.deepEqual(result, { ok: false, problem: { step: 'issued_at', reason: 'not_an_instant' } })
  })
}
