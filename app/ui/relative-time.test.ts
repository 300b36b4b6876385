import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { relativeTime } from './relative-time.ts'

const now = 1_700_000_000

describe('a time as people say it', () => {
  const cases: readonly (readonly [distance: number, words: string])[] = [
    [0, 'just now'],
    [-29, 'just now'],
    [29, 'in a moment'],
    [-30, '1 minute ago'],
    [-89, '1 minute ago'],
    [-90, '2 minutes ago'],
    [300, 'in 5 minutes'],
    [-119 * 60, '119 minutes ago'],
    [-120 * 60, '2 hours ago'],
    [86_400, 'in 24 hours'],
    [47 * 3600, 'in 47 hours'],
    [-48 * 3600, '2 days ago'],
    [90 * 86_400, 'in 90 days'],
  ]
  for (const [distance, words] of cases) {
    it(`says "${words}" at a distance of ${distance} seconds`, () => {
      assert.equal(relativeTime(now + distance, now), words)
    })
  }
})
