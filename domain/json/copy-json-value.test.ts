import assert from 'node:assert/strict'
import { test } from 'node:test'
import { limits } from '../limits.ts'
import { copyJsonValue } from './copy-json-value.ts'

const problemsOf = (value: unknown) =>
  copyJsonValue(value).problems.map(({ path, code }) => `${path} ${code}`)

test('copies what JSON can say', () => {
  const value = { a: [1, 'x', null, true], b: Object.assign(Object.create(null), { c: -0 }) }
  assert.deepEqual(copyJsonValue(value), { value: { a: [1, 'x', null, true], b: { c: 0 } }, problems: [] })
})

test('shares nothing with the value that it copied', () => {
  const source = { a: { b: 1 } }
  const { value } = copyJsonValue(source)
  source.a.b = 2
  assert.deepEqual(value, { a: { b: 1 } })
})

test('stops a getter that shows two faces: reads each member once', () => {
  let reads = 0
  const source = {
    get a() {
      reads += 1
      return reads
    },
  }
  assert.deepEqual(copyJsonValue(source).value, { a: 1 })
  assert.equal(reads, 1)
})

for (const [title, value] of [
  ['undefined', undefined],
  ['a date', new Date(0)],
  ['a map', new Map()],
  ['a function', () => 1],
  ['a big integer', 1n],
] as const) {
  test(`refuses ${title}, which JSON cannot say`, () => {
    assert.deepEqual(problemsOf({ a: value }), ['/a not_json'])
  })
}

for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
  test(`refuses the number ${value}`, () => {
    assert.deepEqual(problemsOf([value]), ['/0 number_range'])
  })
}

test('stops a value that contains itself', () => {
  const value: Record<string, unknown> = {}
  value.a = value
  assert.deepEqual(problemsOf(value), [' max_depth'])
})

test('stops a small value that unfolds into a huge one', () => {
  let value: unknown = 'lol'
  for (let level = 0; level < 10; level += 1) value = Array.from({ length: 10 }, () => value)
  assert.deepEqual(problemsOf(value), [' max_size'])
})

test('leaves reserved names out', () => {
  const value = JSON.parse('{"__proto__":1,"a":{"constructor":2}}')
  assert.deepEqual(copyJsonValue(value).value, { a: {} })
  assert.deepEqual(problemsOf(value), ['/__proto__ forbidden_key', '/a/constructor forbidden_key'])
})

test('takes as many members as allowed, and refuses one more', () => {
  const list = (length: number) => Array.from({ length }, () => 0)
  assert.deepEqual(problemsOf(list(limits.document.members)), [])
  assert.deepEqual(problemsOf(list(limits.document.members + 1)), [' max_items'])
})

test('takes nesting up to the limit, and refuses one more', () => {
  const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)])
  assert.deepEqual(problemsOf(nested(limits.document.depth)), [])
  assert.deepEqual(problemsOf(nested(limits.document.depth + 1)), [' max_depth'])
})

test('refuses half of a surrogate pair and a text that is too long', () => {
  assert.deepEqual(problemsOf({ a: '\ud800' }), ['/a lone_surrogate'])
  assert.deepEqual(problemsOf({ a: 'a'.repeat(limits.document.stringBytes + 1) }), ['/a max_length'])
})
