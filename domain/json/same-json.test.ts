import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sameJson } from './same-json.ts'

test('takes values that differ only in the order of their members for the same', () => {
  assert.equal(sameJson({ a: 1, b: { c: [1, null] } }, { b: { c: [1, null] }, a: 1 }), true)
})

for (const [title, one, other] of [
  ['lists in another order', [1, 2], [2, 1]],
  ['an object with one member more', { a: 1 }, { a: 1, b: 2 }],
  ['an object with another member', { a: 1 }, { b: 1 }],
  ['a list and an object', [], {}],
  ['null and an object', null, {}],
  ['a number and its text', 1, '1'],
  ['a member that is inherited', { toString: 1 }, { a: 1 }],
] as const) {
  test(`tells ${title} apart`, () => {
    assert.equal(sameJson(one, other), false)
    assert.equal(sameJson(other, one), false)
  })
}
