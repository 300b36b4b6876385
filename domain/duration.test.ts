import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { durationInWords, formatGoDuration, parseGoDuration, SECOND } from './duration.ts'

interface Vectors {
  readonly ok: Readonly<Record<string, string>>
  readonly negative: readonly string[]
  readonly bad: readonly string[]
}

const vectors: Vectors = JSON.parse(
  readFileSync(new URL('../docs/contract/vectors/go-durations.json', import.meta.url), 'utf8'),
)

describe('reads what Go reads', () => {
  for (const [text, canonical] of Object.entries(vectors.ok)) {
    test(`${JSON.stringify(text)} is ${canonical}`, () => {
      const read = parseGoDuration(text)
      assert.ok(read.ok)
      assert.equal(formatGoDuration(read.value), canonical)
    })
  }
  for (const text of vectors.negative) {
    test(`${text} is below zero`, () => {
      const read = parseGoDuration(text)
      assert.ok(read.ok && read.value < 0n)
    })
  }
  test('a fraction finer than a nanosecond is cut off', () => {
    assert.deepEqual(parseGoDuration('0.1234567899s'), { ok: true, value: 123_456_789n })
  })
  test('digits of a fraction beyond an int64 are dropped', () => {
    assert.deepEqual(parseGoDuration(`0.5${'0'.repeat(100)}1h`), { ok: true, value: 1800n * SECOND })
  })
  test('the smallest int64 is a duration, its opposite is not', () => {
    assert.deepEqual(parseGoDuration('-9223372036854775808ns'), { ok: true, value: -(1n << 63n) })
    assert.deepEqual(parseGoDuration('9223372036854775808ns'), { ok: false, problem: { code: 'overflow' } })
  })
  test('zero may go without a unit, with a sign too', () => {
    assert.deepEqual(parseGoDuration('+0'), { ok: true, value: 0n })
    assert.deepEqual(parseGoDuration('-0'), { ok: true, value: 0n })
  })
})

describe('refuses what Go refuses', () => {
  for (const text of vectors.bad) {
    test(JSON.stringify(text), () => {
      assert.equal(parseGoDuration(text).ok, false)
    })
  }
  test('a sum beyond int64', () => {
    assert.deepEqual(parseGoDuration('2562047h48m'), { ok: false, problem: { code: 'overflow' } })
  })
  test('a fraction that lifts the sum beyond int64', () => {
    assert.deepEqual(parseGoDuration('2562047.99h'), { ok: false, problem: { code: 'overflow' } })
  })
  test('a million digits, without reading them as a number', () => {
    assert.deepEqual(parseGoDuration(`${'9'.repeat(1_000_000)}h`), {
      ok: false,
      problem: { code: 'overflow' },
    })
  })
})

describe('says what is wrong', () => {
  const cases = [
    ['', { code: 'empty' }],
    ['24', { code: 'unit_missing', found: '24' }],
    ['1h24', { code: 'unit_missing', found: '24' }],
    ['1d', { code: 'unit', found: 'd' }],
    ['24h ', { code: 'unit', found: 'h ' }],
    ['+', { code: 'syntax', found: '+' }],
    ['.s', { code: 'syntax', found: '.s' }],
  ] as const
  for (const [text, problem] of cases) {
    test(`${JSON.stringify(text)}: ${problem.code}`, () => {
      assert.deepEqual(parseGoDuration(text), { ok: false, problem })
    })
  }
})

describe('says a duration in words', () => {
  const cases = [
    ['24h', '24 hours'],
    ['1h30m', '1 hour 30 minutes'],
    ['5m', '5 minutes'],
    ['1m1s', '1 minute 1 second'],
    ['47h59m', '47 hours 59 minutes'],
    ['48h', '2 days'],
    ['73h', '3 days 1 hour'],
    ['1.5s', '1 second'],
    ['100ms', '100 milliseconds'],
    ['1ms', '1 millisecond'],
    ['7ns', 'less than a millisecond'],
    ['0', 'no time'],
    ['-5m', 'minus 5 minutes'],
  ] as const
  for (const [text, words] of cases) {
    test(`${text} is ${words}`, () => {
      const read = parseGoDuration(text)
      assert.ok(read.ok)
      assert.equal(durationInWords(read.value), words)
    })
  }
})
