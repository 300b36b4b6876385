import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setUpKeySet } from './key-set.fixture.ts'
import { testKey } from './testing/test-keys.ts'

test('reads discovery and keys once, and finds keys by kid', async (t) => {
  const { keySet, provider, finds } = await setUpKeySet(t)
  assert.deepEqual(await keySet.refresh(), { fresh: true })
  assert.equal(finds('rsa-1'), 'found')
  assert.equal(finds('ec-1'), 'found')
  assert.equal(finds('other'), 'unknown')
  assert.equal(finds(undefined), 'unnamed')
  assert.deepEqual(provider.requests, { discovery: 1, jwks: 1, other: 0 })
})

test('needs no kid where the provider has a single key', async (t) => {
  const { keySet, finds } = await setUpKeySet(t, { keys: [testKey('rsa-1', 'rsa')] })
  await keySet.refresh()
  assert.equal(finds(undefined), 'found')
})

test('finds nothing before the first fetch and says so', async (t) => {
  const { keySet, finds } = await setUpKeySet(t)
  assert.equal(finds('rsa-1'), 'unknown')
  assert.deepEqual(keySet.state(), { loaded: false, keys: 0 })
})

test('reports what is loaded and how old it is', async (t) => {
  const { keySet, clock } = await setUpKeySet(t)
  await keySet.refresh()
  clock.advance(90)
  assert.deepEqual(keySet.state(), { loaded: true, keys: 2, fetchedAt: 1_790_000_000, age: 90 })
})

test('shares one fetch among all who ask at the same time', async (t) => {
  const { keySet, provider } = await setUpKeySet(t)
  await Promise.all(Array.from({ length: 500 }, () => keySet.refresh()))
  assert.equal(provider.requests.jwks, 1)
})

test('asks at most once in 30 seconds after a success', async (t) => {
  const { keySet, provider, clock } = await setUpKeySet(t)
  await keySet.refresh()
  clock.advance(29.9)
  await keySet.refresh()
  assert.equal(provider.requests.jwks, 1)
  clock.advance(0.1)
  await keySet.refresh()
  assert.equal(provider.requests.jwks, 2)
})

test('asks at most once in 30 seconds after a failure', async (t) => {
  const { keySet, provider, clock } = await setUpKeySet(t)
  await provider.behave('error_500')
  assert.deepEqual(await keySet.refresh(), { fresh: false, retryAfter: 30 })
  clock.advance(12)
  assert.deepEqual(await keySet.refresh(), { fresh: false, retryAfter: 18 })
  assert.deepEqual(provider.requests, { discovery: 1, jwks: 0, other: 0 })
  clock.advance(18)
  await provider.behave('normal')
  assert.deepEqual(await keySet.refresh(), { fresh: true })
})

test('refreshes in the background after ten minutes', async (t) => {
  const { keySet, provider, clock, schedule, finds } = await setUpKeySet(t)
  keySet.start()
  await keySet.refresh()
  assert.equal(schedule.due(), 601)
  provider.rotate('rsa-2', true)
  clock.advance(601)
  schedule.run()
  await keySet.refresh()
  assert.equal(finds('rsa-2'), 'found')
  assert.equal(finds('rsa-1'), 'found')
})

test('tries again in the background 30 seconds after a failure', async (t) => {
  const { keySet, provider, clock, schedule } = await setUpKeySet(t)
  await provider.behave('refuse')
  keySet.start()
  await keySet.refresh()
  assert.equal(schedule.due(), 31)
  await provider.behave('normal')
  clock.advance(31)
  schedule.run()
  assert.deepEqual(await keySet.refresh(), { fresh: true })
  assert.equal(keySet.state().loaded, true)
})

test('reads discovery again after an hour, not with every fetch', async (t) => {
  const { keySet, provider, clock } = await setUpKeySet(t)
  for (const seconds of [0, 1200, 1200, 1199, 31]) {
    clock.advance(seconds)
    await keySet.refresh()
  }
  assert.deepEqual(provider.requests, { discovery: 2, jwks: 5, other: 0 })
})

test('keeps the same object for a key that stays listed', async (t) => {
  const { keySet, provider, clock } = await setUpKeySet(t)
  await keySet.refresh()
  const before = keySet.find('rsa-1')
  provider.rotate('rsa-2', true)
  clock.advance(30)
  await keySet.refresh()
  assert.ok(before.found)
  assert.deepEqual(keySet.find('rsa-1'), before)
  assert.equal(keySet.holds(before.key), true)
})

test('no longer holds a key that the provider took away', async (t) => {
  const { keySet, provider, clock } = await setUpKeySet(t)
  await keySet.refresh()
  const before = keySet.find('rsa-1')
  provider.rotate('rsa-2', false)
  clock.advance(30)
  await keySet.refresh()
  assert.ok(before.found)
  assert.equal(keySet.holds(before.key), false)
})

test('does not take another key under an old kid for the old one', async (t) => {
  const { keySet, provider, clock } = await setUpKeySet(t)
  await keySet.refresh()
  const before = keySet.find('rsa-1')
  provider.jwks = [{ ...testKey('rsa-2', 'rsa').jwk, kid: 'rsa-1' }]
  clock.advance(30)
  await keySet.refresh()
  assert.ok(before.found)
  assert.equal(keySet.holds(before.key), false)
})

test('ends its timer and answers at once after it was stopped', async (t) => {
  const { keySet, provider, schedule, clock } = await setUpKeySet(t)
  await keySet.refresh()
  keySet.stop()
  clock.advance(3600)
  await keySet.refresh()
  assert.equal(schedule.due(), undefined)
  assert.equal(provider.requests.jwks, 1)
})

test('a fetch under way ends with the stop and sets no timer', async (t) => {
  const { keySet, provider, schedule } = await setUpKeySet(t)
  await provider.behave('hang')
  const refreshed = keySet.refresh()
  keySet.stop()
  assert.equal((await refreshed).fresh, false)
  assert.equal(schedule.due(), undefined)
})

test('counts attempts by outcome and the keys it has', async (t) => {
  const { keySet, provider, clock, metrics } = await setUpKeySet(t)
  await keySet.refresh()
  await provider.behave('html')
  clock.advance(30)
  await keySet.refresh()
  assert.equal(metrics.values.get('hivewarden_jwks_fetches_total{fetched}'), 1)
  assert.equal(metrics.values.get('hivewarden_jwks_fetches_total{jwks_malformed}'), 1)
  assert.equal(metrics.values.get('hivewarden_jwks_keys'), 2)
})
