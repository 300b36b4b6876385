import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { formatInstant } from '../instant.ts'
import { accept } from './acceptance.ts'
import {
  contextOf,
  createTestKey,
  ISSUED_AT,
  NOT_AFTER,
  NOW,
  sampleMembers,
  sealBoth,
  sealJson,
} from './envelope.fixture.ts'
import { verifyEnvelope } from './verify-envelope.ts'

const key = await createTestKey()
const text = await sealJson(key, sampleMembers)

for (const form of ['JSON form', 'JOSE form'] as const) {
  test(`accepts in the last second and rejects in the next (${form})`, async () => {
    const sealed = (await sealBoth(key, sampleMembers))[form]
    assert.ok((await verifyEnvelope(sealed, contextOf(key, { now: NOT_AFTER - 1 }))).ok)
    assert.deepEqual(await verifyEnvelope(sealed, contextOf(key, { now: NOT_AFTER })), {
      ok: false,
      problem: { step: 'not_after', reason: 'expired', notAfter: NOT_AFTER },
    })
  })
}

test('an expired envelope stays expired at every later time', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: 4_000_000_000 }), async (later) => {
      const result = await verifyEnvelope(text, contextOf(key, { now: NOT_AFTER + later }))
      assert.ok(!result.ok && result.problem.reason === 'expired')
    }),
    { numRuns: 200 },
  )
})

test('an accepted envelope that was seen expired stays so, however far the clock is set back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: 1_000_000_000 }), fc.nat({ max: NOT_AFTER }), async (late, back) => {
      const accepted = { serial: 42, issuedAt: ISSUED_AT, latestTime: NOT_AFTER + late }
      const result = await verifyEnvelope(text, contextOf(key, { accepted, now: NOT_AFTER - back }))
      assert.equal(result.ok, false)
    }),
    { numRuns: 200 },
  )
})

test('a client whose clock once stood in the future accepts the next envelope', async () => {
  const accepted = {
    ...accept(undefined, { serial: 42, issuedAt: ISSUED_AT }, NOW),
    latestTime: 4_000_000_000,
  }
  const next = await sealJson(key, { ...sampleMembers, issued_at: formatInstant(ISSUED_AT + 60) })
  assert.ok((await verifyEnvelope(next, contextOf(key, { accepted }))).ok)
})

for (const seconds of [0, 1]) {
  test(`rejects an envelope that ends ${seconds} seconds before it begins`, async () => {
    const members = { ...sampleMembers, not_after: formatInstant(ISSUED_AT - seconds) }
    const result = await verifyEnvelope(await sealJson(key, members), contextOf(key, { now: ISSUED_AT - 30 }))
    assert.ok(!result.ok && result.problem.reason === 'reversed')
  })
}

for (const not_after of ['2026-09-22T14:13:20+00:00', '2026-09-22T14:13:60Z', 'never', 1_790_086_400, null]) {
  test(`rejects ${JSON.stringify(not_after)} as not_after`, async () => {
    const result = await verifyEnvelope(await sealJson(key, { ...sampleMembers, not_after }), contextOf(key))
    assert.deepEqual(result, { ok: false, problem: { step: 'not_after', reason: 'not_an_instant' } })
  })
}
