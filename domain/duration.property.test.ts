import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { formatGoDuration, parseGoDuration } from './duration.ts'

const int64 = fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n })
const pieces = fc.array(
  fc.oneof(
    fc.constantFrom('ns', 'us', '\u00b5s', '\u03bcs', 'ms', 's', 'm', 'h', 'd', '.', '-', '+', ' ', 'e', '٣'),
    fc.nat({ max: 99_999 }).map(String),
  ),
  { maxLength: 12 },
)

test('every int64 survives being written and read', () => {
  fc.assert(
    fc.property(int64, (nanoseconds) => {
      assert.deepEqual(parseGoDuration(formatGoDuration(nanoseconds)), { ok: true, value: nanoseconds })
    }),
    { numRuns: 5000 },
  )
})

test('whatever is read is an int64, and its canonical form means the same', () => {
  fc.assert(
    fc.property(pieces, (words) => {
      const read = parseGoDuration(words.join(''))
      if (!read.ok) return
      assert.ok(read.value >= -(1n << 63n) && read.value < 1n << 63n)
      assert.deepEqual(parseGoDuration(formatGoDuration(read.value)), read)
    }),
    { numRuns: 5000 },
  )
})
