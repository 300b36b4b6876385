import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { copyJsonValue } from './copy-json-value.ts'
import { readJson } from './read-json.ts'
import { sameJson } from './same-json.ts'

test('agrees with the engine’s parser about every text that it reads', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), (text) => {
      const reading = readJson(text)
      if (reading.problems.length === 0) assert.ok(sameJson(reading.value, JSON.parse(text)))
    }),
    { numRuns: 2000 },
  )
})

test('reads no text that the engine’s parser refuses', () => {
  const soup = fc.string({ unit: fc.constantFrom(...'{}[]",:0123.eE+-truefalsn\\u \n/'), maxLength: 30 })
  fc.assert(
    fc.property(soup, (text) => {
      if ('value' in readJson(text)) JSON.parse(text)
    }),
    { numRuns: 20_000 },
  )
})

test('reads a text and the value of that text alike', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      const read = readJson(JSON.stringify(value))
      const copied = copyJsonValue(JSON.parse(JSON.stringify(value)))
      assert.deepEqual(read.value, copied.value)
    }),
    { numRuns: 2000 },
  )
})
