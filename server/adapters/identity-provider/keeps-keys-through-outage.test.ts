import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setUpKeySet } from './key-set.fixture.ts'
import type { ProviderBehaviour } from './testing/provider-behaviour.ts'
import { testKey } from './testing/test-keys.ts'

const faults: readonly [ProviderBehaviour, string, string][] = [
  ['refuse', 'refuses connections', 'jwks_unreachable'],
  ['error_500', 'answers 500', 'jwks_status'],
  ['hang', 'never answers', 'jwks_timed_out'],
  ['drip', 'sends a byte now and then', 'jwks_timed_out'],
  ['reset', 'resets the connection', 'jwks_unreachable'],
  ['html', 'answers with a page', 'jwks_malformed'],
  ['not_json', 'answers with half a document', 'jwks_malformed'],
  ['empty_set', 'lists no keys', 'jwks_without_usable_key'],
  ['endless', 'sends 200 MB', 'jwks_too_large'],
  ['redirect', 'redirects', 'jwks_redirected'],
  ['gzip_bomb', 'sends a gzip bomb', 'jwks_too_large'],
]

for (const [behaviour, title, reason] of faults) {
  test(`known keys stay for 24 hours while the provider ${title}`, async (t) => {
    const { keySet, provider, clock, finds } = await setUpKeySet(t)
    await keySet.refresh()
    await provider.behave(behaviour)
    clock.advance(1800)
    assert.deepEqual(await keySet.refresh(), { fresh: false, retryAfter: 30 })
    assert.equal(keySet.state().lastProblem?.reason, reason)
    assert.equal(finds('rsa-1'), 'found')
    clock.advance(86_400 - 1800)
    assert.equal(finds('rsa-1'), 'found')
    clock.advance(1)
    assert.equal(finds('rsa-1'), 'unknown')
    assert.equal(keySet.state().loaded, false)
  })

  test(`comes back when the provider that ${title} is well again`, async (t) => {
    const { keySet, provider, clock, finds, logger } = await setUpKeySet(t)
    await provider.behave(behaviour)
    assert.equal((await keySet.refresh()).fresh, false)
    assert.equal(keySet.state().loaded, false)
    await provider.behave('normal')
    clock.advance(30)
    assert.deepEqual(await keySet.refresh(), { fresh: true })
    assert.equal(finds('rsa-1'), 'found')
    assert.equal(keySet.state().lastProblem, undefined)
    assert.ok(logger.lines.some(({ event }) => event === 'identity_provider_answers_again'))
  })
}

const discoveries: readonly [string, Record<string, unknown>, string][] = [
  ['names another issuer', { issuer: 'https://idp.example.com' }, 'discovery_issuer'],
  ['names the issuer with a slash more', { issuer: 'slash' }, 'discovery_issuer'],
  ['names no key set', { jwks_uri: undefined }, 'discovery_malformed'],
  ['puts the key set on plain http elsewhere', { jwks_uri: 'http://10.0.0.1/jwks' }, 'jwks_url_refused'],
  ['puts the key set into a file', { jwks_uri: 'file:///etc/passwd' }, 'jwks_url_refused'],
]

for (const [title, members, reason] of discoveries) {
  test(`loads nothing when the discovery document ${title}`, async (t) => {
    const { keySet, provider } = await setUpKeySet(t)
    provider.discovery = members.issuer === 'slash' ? { issuer: `${provider.issuer}/` } : members
    assert.equal((await keySet.refresh()).fresh, false)
    assert.equal(keySet.state().lastProblem?.reason, reason)
    assert.equal(provider.requests.jwks, 0)
  })
}

test('asks discovery again after the key set failed, since it may have moved', async (t) => {
  const { keySet, provider, clock } = await setUpKeySet(t)
  await keySet.refresh()
  await provider.behave('error_500')
  clock.advance(30)
  await keySet.refresh()
  await provider.behave('normal')
  clock.advance(30)
  assert.deepEqual(await keySet.refresh(), { fresh: true })
  assert.equal(provider.requests.discovery, 2)
})

test('a rotation with overlap keeps the old key and adds the new', async (t) => {
  const { keySet, provider, clock, finds } = await setUpKeySet(t)
  await keySet.refresh()
  provider.rotate('rsa-2', true)
  clock.advance(30)
  await keySet.refresh()
  assert.deepEqual([finds('rsa-1'), finds('rsa-2')], ['found', 'found'])
})

test('a hard swap drops the old key', async (t) => {
  const { keySet, provider, clock, finds } = await setUpKeySet(t)
  await keySet.refresh()
  provider.rotate('rsa-2', false)
  clock.advance(30)
  await keySet.refresh()
  assert.deepEqual([finds('rsa-1'), finds('rsa-2')], ['unknown', 'found'])
})

test('two keys under one kid are neither used', async (t) => {
  const { keySet, provider, finds } = await setUpKeySet(t)
  const other = testKey('rsa-2', 'rsa').jwk
  provider.jwks = [...provider.jwks, { ...other, kid: 'rsa-1' }]
  await keySet.refresh()
  assert.deepEqual([finds('rsa-1'), finds('ec-1')], ['ambiguous', 'found'])
})

test('a third key does not make an ambiguous kid usable again', async (t) => {
  const { keySet, provider, finds } = await setUpKeySet(t)
  const named = (kid: string) => ({ ...testKey(kid, 'rsa').jwk, kid: 'rsa-1' })
  provider.jwks = [...provider.jwks, named('rsa-2'), named('rsa-3')]
  await keySet.refresh()
  assert.equal(finds('rsa-1'), 'ambiguous')
})

test('the very same key listed twice is one key', async (t) => {
  const { keySet, provider, finds } = await setUpKeySet(t)
  provider.jwks = [...provider.jwks, ...provider.jwks]
  await keySet.refresh()
  assert.deepEqual([finds('rsa-1'), keySet.state().keys], ['found', 2])
})

test('a weak key is left out and named in the log', async (t) => {
  const { keySet, provider, finds, logger } = await setUpKeySet(t)
  provider.jwks = [...provider.jwks, testKey('weak-1', 'rsa-1024').jwk]
  await keySet.refresh()
  assert.deepEqual([finds('weak-1'), finds('rsa-1')], ['unusable', 'found'])
  const skipped = logger.lines.find(({ event }) => event === 'identity_provider_keys_skipped')
  assert.equal(skipped?.fields.keys, 'weak-1: RSA key too weak or too large')
})

test('a set of weak keys only does not replace the good one', async (t) => {
  const { keySet, provider, clock, finds } = await setUpKeySet(t)
  await keySet.refresh()
  provider.jwks = [testKey('weak-1', 'rsa-1024').jwk]
  clock.advance(30)
  assert.equal((await keySet.refresh()).fresh, false)
  assert.equal(finds('rsa-1'), 'found')
})

test('takes a set of 100 keys and refuses one of 101', async (t) => {
  const { keySet, provider, clock } = await setUpKeySet(t)
  const { jwk } = testKey('ec-1', 'p-256')
  const many = (count: number) => [...Array(count).keys()].map((index) => ({ ...jwk, kid: `ec-${index}` }))
  provider.jwks = many(101)
  await keySet.refresh()
  assert.equal(keySet.state().lastProblem?.reason, 'jwks_too_many_keys')
  provider.jwks = many(100)
  clock.advance(30)
  await keySet.refresh()
  assert.equal(keySet.state().keys, 100)
})
