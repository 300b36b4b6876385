import assert from 'node:assert/strict'
import { test } from 'node:test'
import { percentile, spreadOf } from './statistics.ts'

test('the median is the middle round, whatever their order', () => {
  assert.deepEqual(spreadOf([9, 1, 5]), { median: 5, min: 1, max: 9, rounds: 3 })
})

test('of an even number of rounds the lower of the two in the middle counts', () => {
  assert.equal(spreadOf([4, 1, 3, 2]).median, 2)
})

test('a percentile is a value that occurred', () => {
  const hundred = Array.from({ length: 100 }, (_none, index) => index + 1)
  assert.equal(percentile(hundred, 99), 99)
  assert.equal(percentile(hundred, 100), 100)
  assert.equal(percentile(hundred, 50), 50)
})

test('one value is every percentile of itself', () => {
  assert.equal(percentile([7], 99), 7)
  assert.deepEqual(spreadOf([7]), { median: 7, min: 7, max: 7, rounds: 1 })
})
