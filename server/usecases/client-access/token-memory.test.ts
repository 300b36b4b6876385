import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { VerificationKey } from '../../ports/key-set.ts'
import { createTokenMemory } from './token-memory.ts'

const key: VerificationKey = { kid: 'a', algorithm: 'RS256', verify: () => true }
const identity = { issuer: 'i', subject: 's', groups: [], groupsKnown: true, roles: [], scopes: [] }
const token = (expiresAt: number) => ({ identity, key, expiresAt })

const NOW = 1_790_000_000

test('recalls what was kept, until ten minutes are over', () => {
  const memory = createTokenMemory<string>(() => true)
  memory.keep('a', token(NOW + 3600), 'kept', NOW)
  assert.equal(memory.recall('a', NOW + 599), 'kept')
  assert.equal(memory.recall('a', NOW + 600), undefined)
})

test('recalls no longer than the token itself is good, tolerance included', () => {
  const memory = createTokenMemory<string>(() => true)
  memory.keep('a', token(NOW + 10), 'kept', NOW)
  assert.equal(memory.recall('a', NOW + 69), 'kept')
  assert.equal(memory.recall('a', NOW + 70), undefined)
})

test('forgets a token whose key is gone', () => {
  const held = new Set([key])
  const memory = createTokenMemory<string>((each) => held.has(each))
  memory.keep('a', token(NOW + 3600), 'kept', NOW)
  held.clear()
  assert.equal(memory.recall('a', NOW), undefined)
})

test('forgets a token kept in what is now the future', () => {
  const memory = createTokenMemory<string>(() => true)
  memory.keep('a', token(NOW + 3600), 'kept', NOW)
  assert.equal(memory.recall('a', NOW - 1), undefined)
})

const kept = (memory: { recall(digest: string, now: number): unknown }, names: readonly string[]): number =>
  names.filter((name) => memory.recall(name, NOW) !== undefined).length

test('never keeps more than it may, however many different tokens come', () => {
  const memory = createTokenMemory<string>(() => true, 100)
  const names = Array.from({ length: 10_000 }, (_, index) => `t${index}`)
  for (const name of names) memory.keep(name, token(NOW + 3600), 'kept', NOW)
  assert.ok(kept(memory, names) <= 100)
  assert.equal(memory.recall('t9999', NOW), 'kept')
})

test('keeps a token that comes back during a flood of others', () => {
  const memory = createTokenMemory<string>(() => true, 100)
  memory.keep('regular', token(NOW + 3600), 'kept', NOW)
  for (let index = 0; index < 1000; index += 1) {
    memory.keep(`t${index}`, token(NOW + 3600), 'kept', NOW)
    if (index % 40 === 0) assert.equal(memory.recall('regular', NOW), 'kept')
  }
})

test('the ten minutes do not begin anew when a token comes back', () => {
  const memory = createTokenMemory<string>(() => true, 4)
  memory.keep('a', token(NOW + 3600), 'kept', NOW)
  for (let index = 0; index < 2; index += 1) memory.keep(`t${index}`, token(NOW + 3600), 'kept', NOW + 300)
  assert.equal(memory.recall('a', NOW + 300), 'kept')
  assert.equal(memory.recall('a', NOW + 600), undefined)
})
