import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { formatInstant } from '../instant.ts'
import { limits } from '../limits.ts'
import { validityWindow } from './validity-window.ts'

interface Vector {
  readonly published_at: number
  readonly now: number
  readonly ttl: number
  readonly issued_at: string
  readonly not_after: string
}

const vectors: readonly Vector[] = JSON.parse(
  readFileSync(new URL('../../docs/contract/vectors/windows.json', import.meta.url), 'utf8'),
)

for (const vector of vectors) {
  test(`published at ${vector.published_at}, now ${vector.now}: issued at ${vector.issued_at}`, () => {
    const window = validityWindow(vector.published_at, vector.now, vector.ttl)
    assert.equal(formatInstant(window.issuedAt), vector.issued_at)
    assert.equal(formatInstant(window.notAfter), vector.not_after)
  })
}

const ttls = fc.integer({ min: limits.envelopeTtl.least, max: limits.envelopeTtl.most })
const times = fc.integer({ min: 0, max: 4_000_000_000 })
/** A revision is published before it is served. */
const served = fc.tuple(times, times).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)

describe('whatever the time', () => {
  test('what is handed out has between half of its life and all of it to live', () => {
    fc.assert(
      fc.property(served, ttls, ([publishedAt, now], ttl) => {
        const left = validityWindow(publishedAt, now, ttl).notAfter - now
        assert.ok(left >= ttl / 2 && left <= ttl, `${left} of ${ttl}`)
      }),
      { numRuns: 2000 },
    )
  })

  test('a later second never has an earlier window', () => {
    fc.assert(
      fc.property(times, times, fc.nat({ max: 10_000_000 }), ttls, (publishedAt, now, later, ttl) => {
        const before = validityWindow(publishedAt, now, ttl)
        const after = validityWindow(publishedAt, now + later, ttl)
        assert.ok(after.issuedAt >= before.issuedAt && after.notAfter >= before.notAfter)
      }),
      { numRuns: 2000 },
    )
  })

  test('the window holds until the second before its renewal, and no longer', () => {
    fc.assert(
      fc.property(times, times, ttls, (publishedAt, now, ttl) => {
        const window = validityWindow(publishedAt, now, ttl)
        assert.ok(window.renewsAt > now && window.renewsAt <= window.issuedAt + ttl / 2)
        assert.deepEqual(validityWindow(publishedAt, window.renewsAt - 1, ttl), window)
        assert.ok(validityWindow(publishedAt, window.renewsAt, ttl).issuedAt > window.issuedAt)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('takes for a bug', () => {
  const cases: Record<string, [number, number, number]> = {
    'fractions of a second': [0, 1.5, 86400],
    'a time before 1970': [-1, 0, 86400],
    'a life without a half': [0, 0, 1],
    'no number': [0, Number.NaN, 86400],
  }
  for (const [name, input] of Object.entries(cases)) {
    test(name, () => {
      assert.throws(() => validityWindow(...input), TypeError)
    })
  }
})
