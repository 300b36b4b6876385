import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { limits } from '../limits.ts'
import { testJwk } from './key.fixture.ts'
import {
  firstKey,
  type ManagedKey,
  publishedKeys,
  replaceStolenKey,
  rotate,
  signingKey,
} from './key-lifecycle.ts'

const START = 1_790_000_000
const TTL = 86_400

interface Step {
  readonly wait: number
  readonly stolen: boolean
}

const step = fc.record({ wait: fc.nat({ max: 2 * TTL }), stolen: fc.boolean() })
const calmStep = fc.record({ wait: fc.nat({ max: 2 * TTL }), stolen: fc.constant(false) })
const past = fc.array(step, { maxLength: 12 })
const calmPast = fc.array(calmStep, { maxLength: 12 })

/** Every set of keys that an installation goes through, with the time at which it began to hold. */
function history(steps: readonly Step[]): { readonly since: number; readonly keys: readonly ManagedKey[] }[] {
  let now = START
  let keys = firstKey(testJwk('0'), now)
  const sets = [{ since: now, keys }]
  for (const [at, { wait, stolen }] of steps.entries()) {
    now += wait
    const successor = testJwk(String(at + 1))
    const result = stolen
      ? replaceStolenKey(keys, successor, now)
      : rotate(keys, successor, { now, longestTtl: TTL })
    if (result.ok) keys = result.value
    sets.push({ since: now, keys })
  }
  return sets
}

test('exactly one key signs at any time, on any clock', () => {
  fc.assert(
    fc.property(past, fc.nat({ max: 4_000_000_000 }), (steps, now) => {
      for (const { keys } of history(steps)) {
        const kid = signingKey(keys, now)?.publicJwk.kid
        assert.notEqual(kid, undefined)
        assert.equal(publishedKeys(keys, now)[0]?.kid, kid)
        assert.equal(
          new Set(publishedKeys(keys, now).map((key) => key.kid)).size,
          publishedKeys(keys, now).length,
        )
      }
    }),
    { numRuns: 500 },
  )
})

test('a key that signed an envelope that is still good is published, whatever was rotated since', () => {
  fc.assert(
    fc.property(calmPast, fc.nat({ max: TTL }), fc.nat({ max: TTL + 60 }), (steps, after, age) => {
      const sets = history(steps)
      for (const [at, { since, keys }] of sets.entries()) {
        // Signed while this set held; dated ahead by as much as a client takes.
        const signedAt = Math.min(since + after, (sets[at + 1]?.since ?? Number.POSITIVE_INFINITY) - 1)
        if (signedAt < since) continue
        const kid = signingKey(keys, signedAt)?.publicJwk.kid
        const seenAt = Math.min(signedAt + age, signedAt + limits.envelope.futureTolerance + TTL - 1)
        const current = sets.findLast((set) => set.since <= seenAt)
        assert.ok(publishedKeys(current?.keys ?? [], seenAt).some((key) => key.kid === kid))
      }
    }),
    { numRuns: 500 },
  )
})

test('a key is published for as long as caches may last before it signs, unless it replaces a stolen one', () => {
  fc.assert(
    fc.property(calmPast, (steps) => {
      const sets = history(steps)
      for (const key of sets.at(-1)?.keys.slice(1) ?? []) {
        const known = sets.find(({ keys }) =>
          keys.some(({ publicJwk }) => publicJwk.kid === key.publicJwk.kid),
        )
        assert.ok(known !== undefined && key.signsFrom - known.since >= 300)
      }
    }),
    { numRuns: 500 },
  )
})
