import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setUpAuthentication } from './authenticate-client.fixture.ts'

test('answers without waiting when the key is known', async (t) => {
  const { authenticate, provider, keySet } = await setUpAuthentication(t)
  await keySet.refresh()
  const outcome = authenticate(provider.issue())
  assert.ok(!(outcome instanceof Promise))
  assert.ok(outcome.ok)
  assert.equal(outcome.value.subject, 'person-1')
})

test('gives the same identity again for a remembered token, without checking it', async (t) => {
  const { authenticate, provider, keySet, counts } = await setUpAuthentication(t)
  await keySet.refresh()
  const token = provider.issue()
  const first = authenticate(token)
  const second = authenticate(token)
  assert.ok(!(first instanceof Promise) && !(second instanceof Promise))
  assert.ok(first.ok && second.ok)
  assert.equal(first.value, second.value)
  assert.equal(counts.verified, 1)
})

test('checks a token again after ten minutes', async (t) => {
  const { outcomeOf, provider, keySet, counts, clock } = await setUpAuthentication(t)
  await keySet.refresh()
  const token = provider.issue()
  await outcomeOf(token)
  clock.advance(599)
  await outcomeOf(token)
  assert.equal(counts.verified, 1)
  clock.advance(1)
  assert.equal(await outcomeOf(token), 'accepted')
  assert.equal(counts.verified, 2)
})

test('a remembered token is refused as soon as it has expired', async (t) => {
  const { outcomeOf, provider, keySet, clock } = await setUpAuthentication(t)
  await keySet.refresh()
  const seconds = clock.now() / 1000
  const token = provider.issue({ exp: seconds + 100 })
  assert.equal(await outcomeOf(token), 'accepted')
  clock.advance(159)
  assert.equal(await outcomeOf(token), 'accepted')
  clock.advance(1)
  assert.equal(await outcomeOf(token), 'expired')
})

test('a remembered token is refused once the provider took its key away', async (t) => {
  const { outcomeOf, provider, keySet, clock } = await setUpAuthentication(t)
  await keySet.refresh()
  const token = provider.issue()
  assert.equal(await outcomeOf(token), 'accepted')
  provider.rotate('rsa-2', false)
  clock.advance(30)
  await keySet.refresh()
  assert.equal(await outcomeOf(token), 'key_unknown')
})

test('does not rely on its memory of a token after the clock was set back', async (t) => {
  const { outcomeOf, provider, keySet, clock } = await setUpAuthentication(t)
  await keySet.refresh()
  const token = provider.issue()
  await outcomeOf(token)
  clock.advance(-7200)
  assert.equal(await outcomeOf(token), 'issued_in_future')
})

test('does not remember refused tokens', async (t) => {
  const { outcomeOf, provider, keySet, counts, clock } = await setUpAuthentication(t)
  await keySet.refresh()
  const token = provider.issue({ nbf: clock.now() / 1000 + 90 })
  assert.equal(await outcomeOf(token), 'not_yet_valid')
  clock.advance(30)
  assert.equal(await outcomeOf(token), 'accepted')
  assert.equal(counts.verified, 2)
})

test('two tokens that differ in one character are two tokens', async (t) => {
  const { outcomeOf, provider, keySet } = await setUpAuthentication(t)
  await keySet.refresh()
  const token = provider.issue()
  assert.equal(await outcomeOf(token), 'accepted')
  assert.equal(await outcomeOf(`${token} `), 'encoding')
  assert.equal(await outcomeOf(`${token}=`), 'encoding')
  assert.equal(await outcomeOf(token.slice(0, -1)), 'encoding')
})

test('takes a token of the longest length and refuses one of a character more', async (t) => {
  const { outcomeOf, provider, keySet } = await setUpAuthentication(t)
  await keySet.refresh()
  assert.equal(await outcomeOf('a'.repeat(12 * 1024)), 'malformed')
  assert.equal(await outcomeOf('a'.repeat(12 * 1024 + 1)), 'too_long')
  assert.equal(await outcomeOf(provider.issue({ pad: 'x'.repeat(8000) })), 'accepted')
})

test('counts what came of each token, by reason', async (t) => {
  const { outcomeOf, provider, keySet, metrics } = await setUpAuthentication(t)
  await keySet.refresh()
  const token = provider.issue()
  for (const each of [token, token, token, 'nonsense', provider.issue({ scope: 'openid' })])
    await outcomeOf(each)
  const count = (result: string) => metrics.values.get(`hivewarden_token_results_total{${result}}`)
  assert.deepEqual(
    [count('accepted'), count('remembered'), count('malformed'), count('scope_missing')],
    [1, 2, 1, 1],
  )
})

test('tells the log the reason and the kid of a refused token, and nothing else of it', async (t) => {
  const { authenticate, provider, keySet } = await setUpAuthentication(t)
  await keySet.refresh()
  const outcome = await authenticate(provider.issue({}, { kid: 'k'.repeat(100) }))
  assert.ok(!outcome.ok)
  assert.deepEqual(outcome.problem, { reason: 'key_unknown', kid: 'k'.repeat(64) })
})
