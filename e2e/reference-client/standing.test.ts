import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { goDurationSeconds, nextPollIn, refreshSeconds } from './standing.mjs'

const vectors = JSON.parse(
  readFileSync(new URL('../../docs/contract/vectors/go-durations.json', import.meta.url), 'utf8'),
)

describe('reads a Go duration', () => {
  for (const [text, canonical] of Object.entries<string>(vectors.ok)) {
    if (text.startsWith('+')) continue
    test(`${text} like ${canonical}`, () => {
      const seconds = goDurationSeconds(text)
      assert.notEqual(seconds, undefined)
      assert.equal(seconds?.toFixed(6), goDurationSeconds(canonical)?.toFixed(6))
    })
  }
  test('and takes a signed or unreadable one for none', () => {
    for (const text of ['-5m', '1d', '24', '', ' 24h', undefined])
      assert.equal(goDurationSeconds(text), undefined)
  })
})

test('keeps the interval between polls within reason', () => {
  assert.deepEqual(['1ms', '5m0s', '87600h', 'soon'].map(refreshSeconds), [10, 300, 86_400, 300])
})

describe('asks again', () => {
  const wait = (failures: number, random: number, retryAfter = 0) =>
    nextPollIn({ refreshInterval: 300, failures, retryAfter, random: () => random })

  test('after the interval, spread by a fifth to both sides', () => {
    assert.deepEqual([wait(0, 0), wait(0, 0.5), wait(0, 1)], [240, 300, 360])
  })
  test('after 5 seconds when something failed, then half as often each time, up to the interval', () => {
    assert.deepEqual(
      [1, 2, 3, 7, 50].map((failures) => wait(failures, 0.5)),
      [5, 10, 20, 300, 300],
    )
  })
  test('never before the manager wants to be asked', () => {
    assert.equal(wait(1, 0, 30), 30)
  })
})
