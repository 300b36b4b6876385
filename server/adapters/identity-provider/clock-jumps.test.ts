import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setUpKeySet } from './key-set.fixture.ts'
import { createSteadyClock } from './steady-clock.ts'
import { createFakeClock } from './testing/observed.ts'

const YEAR = 365 * 86_400

test('steady time goes on from where it was when the clock is set back', () => {
  const clock = createFakeClock(1000)
  const steady = createSteadyClock(clock)
  clock.advance(10)
  assert.equal(steady(), 1010)
  clock.advance(-500)
  assert.equal(steady(), 1010)
  clock.advance(7)
  assert.equal(steady(), 1017)
  clock.advance(-3)
  assert.equal(steady(), 1017)
})

test('a clock set back a year does not make keys live a year longer', async (t) => {
  const { keySet, clock, provider, finds } = await setUpKeySet(t)
  await keySet.refresh()
  clock.advance(-YEAR)
  assert.equal(finds('rsa-1'), 'found')
  await provider.behave('refuse')
  clock.advance(86_401)
  assert.equal(finds('rsa-1'), 'unknown')
})

test('a clock set back does not stop the refreshing', async (t) => {
  const { keySet, clock, provider } = await setUpKeySet(t)
  await keySet.refresh()
  clock.advance(-YEAR)
  await keySet.refresh()
  clock.advance(30)
  await keySet.refresh()
  assert.equal(provider.requests.jwks, 2)
})

test('after a jump ahead, as of a machine that slept, one question brings the keys back', async (t) => {
  const { keySet, clock, finds } = await setUpKeySet(t)
  await keySet.refresh()
  clock.advance(36 * 3600)
  assert.equal(finds('rsa-1'), 'unknown')
  assert.deepEqual(await keySet.refresh(), { fresh: true })
  assert.equal(finds('rsa-1'), 'found')
})
