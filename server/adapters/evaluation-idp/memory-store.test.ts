import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { MemoryStore } from './memory-store.ts'

const fakeClock = (): { now: number; read: () => number } => {
  const clock = { now: 1_800_000_000_000, read: () => clock.now }
  return clock
}

describe('the store of the evaluation provider', () => {
  test('forgets an entry at the end of its life', async () => {
    const clock = fakeClock()
    const codes = new MemoryStore(clock.read).adapterFor('AuthorizationCode')
    await codes.upsert('a', { kind: 'AuthorizationCode' }, 60)
    clock.now += 59_999
    assert.ok(await codes.find('a'))
    clock.now += 1
    assert.equal(await codes.find('a'), undefined)
  })

  test('keeps the models apart', async () => {
    const store = new MemoryStore(fakeClock().read)
    await store.adapterFor('Session').upsert('a', { uid: 'u', kind: 'Session' }, 60)
    assert.equal(await store.adapterFor('Grant').find('a'), undefined)
    assert.equal(await store.adapterFor('Grant').findByUid('u'), undefined)
    assert.ok(await store.adapterFor('Session').findByUid('u'))
  })

  test('takes back everything that was issued under a grant, and nothing else', async () => {
    const store = new MemoryStore(fakeClock().read)
    await store.adapterFor('RefreshToken').upsert('a', { grantId: 'g' }, 60)
    await store.adapterFor('AuthorizationCode').upsert('b', { grantId: 'g' }, 60)
    await store.adapterFor('RefreshToken').upsert('c', { grantId: 'h' }, 60)
    await store.adapterFor('AccessToken').revokeByGrantId('g')
    assert.equal(store.size, 1)
    assert.ok(await store.adapterFor('RefreshToken').find('c'))
  })

  test('marks a code as used', async () => {
    const codes = new MemoryStore(() => 1_800_000_000_500).adapterFor('AuthorizationCode')
    await codes.upsert('a', {}, 60)
    await codes.consume('a')
    await codes.consume('not there')
    assert.equal((await codes.find('a'))?.consumed, 1_800_000_000)
  })

  test('stays bounded whatever comes: what has expired goes first, then the oldest', async () => {
    const clock = fakeClock()
    const store = new MemoryStore(clock.read)
    const sessions = store.adapterFor('Interaction')
    await sessions.upsert('short', {}, 1)
    await sessions.upsert('oldest', {}, 900)
    for (let index = 0; index < 1998; index += 1) await sessions.upsert(`s${index}`, {}, 900)
    clock.now += 2000
    await sessions.upsert('next', {}, 900)
    assert.equal(store.size, 2000)
    assert.ok(await sessions.find('oldest'))
    for (let index = 0; index < 5000; index += 1) await sessions.upsert(`t${index}`, {}, 900)
    assert.equal(store.size, 2000)
    assert.equal(await sessions.find('oldest'), undefined)
    assert.ok(await sessions.find('t4999'))
  })
})
