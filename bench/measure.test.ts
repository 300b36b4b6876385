import assert from 'node:assert/strict'
import { test } from 'node:test'
import { atLeast, atMost, isMissed } from './measure.ts'
import { spreadOf } from './statistics.ts'

const facts = { name: 'a figure', unit: 'ms' } as const

test('a figure on its bound meets it', () => {
  assert.equal(isMissed({ ...facts, value: spreadOf([5]), bound: atMost(5) }), false)
  assert.equal(isMissed({ ...facts, value: spreadOf([5]), bound: atLeast(5) }), false)
})

test('a figure beyond its bound misses it', () => {
  assert.equal(isMissed({ ...facts, value: spreadOf([5.01]), bound: atMost(5) }), true)
  assert.equal(isMissed({ ...facts, value: spreadOf([4.99]), bound: atLeast(5) }), true)
})

test('a figure of no round misses every bound', () => {
  assert.equal(isMissed({ ...facts, value: spreadOf([]), bound: atMost(5) }), true)
  assert.equal(isMissed({ ...facts, value: spreadOf([]), bound: atLeast(5) }), true)
})
