import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { canonicalJson } from './canonical-json.ts'

const text = fc.string({ unit: 'binary', maxLength: 12 })
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    text,
    fc.array(tie('json'), { maxLength: 5 }),
    fc.dictionary(text, tie('json'), { maxKeys: 5 }),
  ),
}))

/** Written another way on purpose: selects the smallest remaining name, comparing code unit by code unit. */
function slowCanonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(slowCanonical).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(Object.is(value, -0) ? 0 : value)
  const left = new Map(Object.entries(value))
  const parts: string[] = []
  while (left.size > 0) {
    const name = [...left.keys()].reduce((least, each) => (isBefore(each, least) ? each : least))
    parts.push(`${JSON.stringify(name)}:${slowCanonical(left.get(name))}`)
    left.delete(name)
  }
  return `{${parts.join()}}`
}

function isBefore(a: string, b: string): boolean {
  const differs = [...Array(Math.min(a.length, b.length)).keys()].find(
    (at) => a.charCodeAt(at) !== b.charCodeAt(at),
  )
  return differs === undefined ? a.length < b.length : a.charCodeAt(differs) < b.charCodeAt(differs)
}

test('what is written reads back as the same value', () => {
  fc.assert(
    fc.property(json, (value) => {
      assert.deepEqual(JSON.parse(canonicalJson(value)), JSON.parse(JSON.stringify(value)))
    }),
    { numRuns: 2000 },
  )
})

test('a canonical text is its own canonical form', () => {
  fc.assert(
    fc.property(json, (value) => {
      const once = canonicalJson(value)
      assert.equal(canonicalJson(JSON.parse(once)), once)
    }),
    { numRuns: 2000 },
  )
})

test('agrees with a slow canonicaliser of another make', () => {
  fc.assert(
    fc.property(json, (value) => {
      assert.equal(canonicalJson(value), slowCanonical(value))
    }),
    { numRuns: 2000 },
  )
})

test('does not depend on the order in which members were written', () => {
  fc.assert(
    fc.property(fc.dictionary(text, json, { maxKeys: 8 }), (value) => {
      const backwards = Object.fromEntries(Object.entries(value).reverse())
      assert.equal(canonicalJson(backwards), canonicalJson(value))
    }),
  )
})
