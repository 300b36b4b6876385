import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { formatInstant, parseInstant } from './instant.ts'

test('reads whole seconds of UTC', () => {
  assert.deepEqual(parseInstant('2026-09-21T14:13:20Z'), { ok: true, value: 1_790_000_000 })
})

test('reads a leap day', () => {
  assert.deepEqual(parseInstant('2028-02-29T00:00:00Z'), { ok: true, value: 1_835_395_200 })
})

test('writes the first second and the last one that the form can hold', () => {
  assert.equal(formatInstant(0), '1970-01-01T00:00:00Z')
  assert.equal(formatInstant(253_402_300_799), '9999-12-31T23:59:59Z')
})

test('every second survives being written and read', () => {
  fc.assert(
    fc.property(fc.nat({ max: 253_402_300_799 }), (seconds) => {
      assert.deepEqual(parseInstant(formatInstant(seconds)), { ok: true, value: seconds })
    }),
  )
})

describe('refuses', () => {
  const cases = {
    'an offset': '2026-09-21T14:13:20+00:00',
    'another offset': '2026-09-21T14:13:20-07:00',
    'no zone': '2026-09-21T14:13:20',
    'a lower-case z': '2026-09-21T14:13:20z',
    'a lower-case t': '2026-09-21t14:13:20Z',
    'a space for the T': '2026-09-21 14:13:20Z',
    'fractions of a second': '2026-09-21T14:13:20.000Z',
    'a leap second': '2016-12-31T23:59:60Z',
    'hour 24': '2026-09-21T24:00:00Z',
    'minute 60': '2026-09-21T14:60:00Z',
    'day 0': '2026-09-00T14:13:20Z',
    'day 31 of a month with 30': '2026-09-31T14:13:20Z',
    '29 February of a common year': '2026-02-29T14:13:20Z',
    'month 13': '2026-13-01T14:13:20Z',
    'month 0': '2026-00-01T14:13:20Z',
    'a year before 1970': '1969-12-31T23:59:59Z',
    'the year 26': '0026-09-21T14:13:20Z',
    'a year of five digits': '12026-09-21T14:13:20Z',
    'a newline at the end': '2026-09-21T14:13:20Z\n',
    'full-width digits': '２026-09-21T14:13:20Z',
    'a date alone': '2026-09-21',
    nothing: '',
  }
  for (const [name, text] of Object.entries(cases)) {
    test(name, () => {
      assert.deepEqual(parseInstant(text), { ok: false, problem: 'not_an_instant' })
    })
  }
})

describe('takes what it cannot write for a bug', () => {
  for (const seconds of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 253_402_300_800]) {
    test(String(seconds), () => {
      assert.throws(() => formatInstant(seconds), TypeError)
    })
  }
})
