import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { createFakeProvider } from './adapters/identity-provider/testing/fake-provider.ts'
import { createFakeClock } from './adapters/identity-provider/testing/observed.ts'
import type { ProviderBehaviour } from './adapters/identity-provider/testing/provider-behaviour.ts'
import { eventually } from './testing/eventually.ts'
import { startTestManager } from './testing/start-test-manager.ts'

async function setUp(t: TestContext, behaviour: ProviderBehaviour = 'normal') {
  const clock = createFakeClock()
  const provider = await createFakeProvider({ now: clock.now })
  await provider.behave(behaviour)
  const manager = await startTestManager({ provider, clock })
  t.after(async () => {
    await manager.close()
    await provider.close()
  })
  const readiness = async () => {
    const { status, json } = await manager.request('/readyz')
    return { status, detail: String(json().identity_provider) }
  }
  return { manager, provider, clock, readiness }
}

test('a cold start without the provider serves what needs none, and says when to come back for the rest', async (t) => {
  const { manager, readiness } = await setUp(t, 'refuse')
  for (const path of ['/.well-known/toolhive-configuration', '/.well-known/jwks.json', '/healthz']) {
    assert.equal((await manager.request(path)).status, 200, path)
  }
  const answer = await manager.config()
  assert.equal(answer.status, 503)
  assert.equal(answer.json().error, 'temporarily_unavailable')
  const retryAfter = Number(answer.headers['retry-after'])
  assert.ok(retryAfter >= 1 && retryAfter <= 30, String(retryAfter))
  assert.equal(answer.headers['www-authenticate'], undefined)

  const { status, detail } = await readiness()
  assert.equal(status, 200)
  assert.match(detail, /^warning: its keys are not loaded\./)
})

test('a cold start heals within 35 seconds of the provider coming back', async (t) => {
  const { manager, provider, clock, readiness } = await setUp(t, 'refuse')
  assert.equal((await manager.config()).status, 503)
  await provider.behave('normal')
  clock.advance(30)
  assert.equal((await manager.config()).status, 200)
  assert.deepEqual(await readiness(), { status: 200, detail: 'ok' })
})

test('a known key is served for a day without the provider, and readyz says what is the matter', async (t) => {
  const { manager, provider, clock, readiness } = await setUp(t)
  assert.equal((await manager.config()).status, 200)
  await provider.behave('refuse')
  clock.advance(60)
  // An unknown key is what makes it ask again, long before its own turn.
  const unknown = provider.issue({}, { kid: 'nobody' })
  const answer = await manager.config({ Authorization: `Bearer ${unknown}` })
  assert.equal(answer.status, 503)
  assert.notEqual(answer.headers['retry-after'], undefined)

  assert.equal((await manager.config()).status, 200)
  const { status, detail } = await readiness()
  assert.equal(status, 200)
  assert.match(
    detail,
    /^warning: known keys are served, it cannot be reached\. jwks_unreachable: ECONNREFUSED$/,
  )
  clock.advance(23 * 3600)
  assert.equal((await manager.config()).status, 200)
})

test('an unknown key is 401 while the provider answers', async (t) => {
  const { manager, provider } = await setUp(t)
  assert.equal((await manager.config()).status, 200)
  const answer = await manager.config({ Authorization: `Bearer ${provider.issue({}, { kid: 'nobody' })}` })
  assert.equal(answer.status, 401)
})

test('1,000 tokens of unknown keys make one fetch', async (t) => {
  const { manager, provider } = await setUp(t)
  assert.equal((await manager.config()).status, 200)
  const fetches = provider.requests.jwks
  const template = provider.issue().split('.').slice(1).join('.')
  const header = (kid: string) =>
    Buffer.from(JSON.stringify({ alg: 'RS256', typ: 'at+jwt', kid })).toString('base64url')
  for (let round = 0; round < 10; round += 1) {
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        manager.config({ Authorization: `Bearer ${header(`u${round}-${index}`)}.${template}` }),
      ),
    )
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([401]))
  }
  assert.ok(provider.requests.jwks - fetches <= 1)
})

test('a provider that rotates its key is followed at the first token of the new one', async (t) => {
  const { manager, provider, clock } = await setUp(t)
  assert.equal((await manager.config()).status, 200)
  clock.advance(30)
  provider.rotate('rsa-2', true)
  assert.equal((await manager.config()).status, 200)
})

test('a provider that hangs does not hold up whoever has a known key', async (t) => {
  const { manager, provider, clock } = await setUp(t)
  assert.equal((await manager.config()).status, 200)
  await provider.behave('hang')
  clock.advance(60)
  const giveUp = new AbortController()
  const stuck = manager.config(
    { Authorization: `Bearer ${provider.issue({}, { kid: 'nobody' })}` },
    { signal: giveUp.signal },
  )
  await eventually('the provider is asked', () => provider.requests.jwks === 2)
  assert.equal((await manager.config()).status, 200)
  giveUp.abort()
  await assert.rejects(stuck)
})
