import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ProviderBehaviour } from '../../adapters/identity-provider/testing/provider-behaviour.ts'
import { setUpAuthentication } from './authenticate-client.fixture.ts'

const outages: readonly [ProviderBehaviour, string][] = [
  ['refuse', 'refuses connections'],
  ['error_500', 'answers 500'],
  ['hang', 'never answers'],
]

for (const [behaviour, title] of outages) {
  test(`tokens of known keys are served for a day while the provider ${title}`, async (t) => {
    const { outcomeOf, provider, keySet, clock, schedule } = await setUpAuthentication(t)
    await keySet.refresh()
    await provider.behave(behaviour)
    for (let hour = 1; hour <= 24; hour += 1) {
      clock.advance(3600)
      // One background attempt is enough to have failed; the clock alone makes the other hours.
      if (hour === 1) {
        schedule.run()
        await keySet.refresh()
      }
      assert.equal(await outcomeOf(provider.issue()), 'accepted', `hour ${hour}`)
    }
  })

  test(`a token of an unknown key is told to come back while the provider ${title}`, async (t) => {
    const { outcomeOf, provider, keySet, clock } = await setUpAuthentication(t)
    await keySet.refresh()
    await provider.behave(behaviour)
    clock.advance(1800)
    assert.equal(await outcomeOf(provider.issue({}, { kid: 'new' })), 'keys_unavailable 30')
    clock.advance(10)
    assert.equal(await outcomeOf(provider.issue({}, { kid: 'new' })), 'keys_unavailable 20')
  })
}

test('a token of an unknown key is refused for good while the key set is fresh, even if the provider has just gone', async (t) => {
  const { outcomeOf, provider, keySet, clock } = await setUpAuthentication(t)
  await keySet.refresh()
  await provider.behave('refuse')
  clock.advance(29)
  assert.equal(await outcomeOf(provider.issue({}, { kid: 'new' })), 'key_unknown')
  clock.advance(1)
  assert.equal(await outcomeOf(provider.issue({}, { kid: 'new' })), 'keys_unavailable 30')
})

test('a token signed with a key that is new at the provider is served after one fetch', async (t) => {
  const { authenticate, provider, keySet, clock } = await setUpAuthentication(t)
  await keySet.refresh()
  provider.rotate('rsa-2', true)
  clock.advance(30)
  const outcome = authenticate(provider.issue())
  assert.ok(outcome instanceof Promise)
  assert.equal((await outcome).ok, true)
  assert.equal(provider.requests.jwks, 2)
})

test('a cold start without the provider answers, and heals with the first attempt after it returns', async (t) => {
  const { outcomeOf, provider, keySet, clock, schedule } = await setUpAuthentication(t)
  await provider.behave('refuse')
  keySet.start()
  await keySet.refresh()
  assert.equal(await outcomeOf(provider.issue()), 'keys_unavailable 30')
  await provider.behave('normal')
  const due = schedule.due() ?? Number.POSITIVE_INFINITY
  assert.ok(due <= 35)
  clock.advance(due)
  schedule.run()
  await keySet.refresh()
  assert.equal(await outcomeOf(provider.issue()), 'accepted')
})

test('10,000 tokens of unknown keys in a minute make at most two fetches', async (t) => {
  const { outcomeOf, provider, keySet, clock } = await setUpAuthentication(t)
  await keySet.refresh()
  clock.advance(300)
  const before = provider.requests.jwks
  const template = provider.issue().split('.')
  const withKid = (kid: string): string => {
    const header = Buffer.from(JSON.stringify({ alg: 'RS256', typ: 'at+jwt', kid })).toString('base64url')
    return [header, ...template.slice(1)].join('.')
  }
  for (let second = 0; second < 59; second += 1) {
    const outcomes = await Promise.all(
      Array.from({ length: 170 }, (_, index) => outcomeOf(withKid(`u${second}-${index}`))),
    )
    assert.deepEqual(new Set(outcomes), new Set(['key_unknown']))
    clock.advance(1)
  }
  assert.equal(provider.requests.jwks - before, 2)
  assert.equal(provider.requests.discovery, 1)
})

test('a flood that waits for one fetch is bounded', async (t) => {
  const { outcomeOf, provider } = await setUpAuthentication(t)
  await provider.behave('hang')
  const token = provider.issue()
  const outcomes = await Promise.all(Array.from({ length: 5500 }, () => outcomeOf(token)))
  const atOnce = outcomes.filter((outcome) => outcome === 'keys_unavailable 1')
  assert.equal(atOnce.length, 500)
  // On a busy machine the attempt may be over before it reached the provider.
  assert.ok(provider.requests.discovery <= 1)
})
