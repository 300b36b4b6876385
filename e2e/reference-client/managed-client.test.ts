import assert from 'node:assert/strict'
import { after, beforeEach, describe, test } from 'node:test'
import { createTestKey, type Script, START, startFakeManager } from './fake-manager.fixture.ts'
import { ManagedClient } from './managed-client.mjs'

const HOUR = 3600
const running: (() => Promise<void>)[] = []
after(() => Promise.all(running.map((stop) => stop())))

let script: Script
let now = START
let saved: string | undefined
beforeEach(async () => {
  const manager = await startFakeManager()
  running.push(manager.stop)
  script = manager.script
  now = START
  saved = undefined
})

const enrol = (form: 'json' | 'jose' = 'json') =>
  new ManagedClient({
    url: script.manager,
    token: () => 'token',
    now: () => now,
    form,
    load: () => (saved === undefined ? undefined : JSON.parse(saved)),
    save: (cache) => {
      saved = JSON.stringify(cache)
    },
  })
const asked = (path: string) => script.requests.filter((request) => request.path.endsWith(path)).length
const refused = (step: string) => ({ name: 'Error', step })

for (const form of ['json', 'jose'] as const) {
  test(`fetches, verifies and keeps an envelope, and is then told that nothing is new (${form})`, async () => {
    const client = enrol(form)
    assert.equal(await client.refresh(), 'updated')
    assert.equal(client.envelope?.serial, 42)
    assert.equal(await client.refresh(), 'unchanged')
    assert.equal(asked('jwks.json'), 1)
  })
}

test('says who it is, what it has applied and how it stood', async () => {
  const client = enrol()
  await client.refresh()
  await client.refresh()
  const headers = script.requests.at(-1)?.headers ?? {}
  assert.equal(headers.authorization, 'Bearer token')
  assert.equal(headers['x-client-type'], 'toolhive-cli')
  assert.equal(headers['x-client-version'], '1.0.0')
  assert.equal(headers['x-applied-serial'], '42')
  assert.equal(headers['x-client-state'], 'online')
})

describe('keeps the policy that it has when', () => {
  const answers: Record<string, { status: number; headers?: Record<string, string>; body?: string }> = {
    'its token is refused': { status: 401 },
    'the manager is overloaded': { status: 503, headers: { 'retry-after': '5' } },
    'a captive portal answers': { status: 200, body: '<html>Sign in</html>' },
    'it is sent to another host': { status: 302, headers: { location: 'https://evil.example/' } },
    'the answer is larger than an envelope': { status: 200, body: 'x'.repeat(513 * 1024) },
    'the envelope is cut off': { status: 200, body: '{"config":{}' },
  }
  for (const [name, answer] of Object.entries(answers)) {
    test(name, async () => {
      const client = enrol()
      await client.refresh()
      script.answers.push(answer)
      await assert.rejects(client.refresh())
      assert.equal(client.envelope?.serial, 42)
      assert.equal(await client.refresh(), 'unchanged')
    })
  }
})

describe('refuses', () => {
  test('an older serial, and takes the next one', async () => {
    const client = enrol()
    await client.refresh()
    script.members = { ...script.members, serial: 41, etag: 'sha256:0' }
    await assert.rejects(client.refresh(), refused('order'))
    script.members = { ...script.members, serial: 43 }
    assert.equal(await client.refresh(), 'updated')
    assert.equal(client.envelope?.serial, 43)
  })
  test('an older serial after a restart too', async () => {
    await enrol().refresh()
    script.members = { ...script.members, serial: 41, etag: 'sha256:0' }
    await assert.rejects(enrol().refresh(), refused('order'))
  })
  test('a first answer of 304', async () => {
    script.answers.push({ status: 304 })
    await assert.rejects(enrol().refresh(), refused('answer'))
  })
  test('304s beyond not_after, and asks for an envelope instead', async () => {
    const client = enrol()
    await client.refresh()
    now += 25 * HOUR
    script.answers.push({ status: 304 })
    await assert.rejects(client.refresh(), refused('answer'))
    assert.equal(script.requests.at(-1)?.headers['if-none-match'], undefined)
  })
  test('a bootstrap document that leads elsewhere, before it sends its token', async () => {
    script.bootstrap.config_endpoint = 'https://evil.example/api/v1beta/config'
    await assert.rejects(enrol().refresh(), refused('bootstrap'))
    assert.equal(asked('config'), 0)
  })
  test('an address without TLS that is not of this machine', async () => {
    const client = new ManagedClient({ url: 'http://config.example.com', token: () => 'token' })
    await assert.rejects(client.refresh(), refused('address'))
  })
  test('a cache that somebody changed', async () => {
    await enrol().refresh()
    saved = saved?.replace('block_new', 'warn')
    assert.throws(enrol, refused('signature'))
  })
})

describe('when the manager rotates its key', () => {
  test('it fetches the key set again and goes on', async () => {
    const client = enrol()
    await client.refresh()
    now += 60
    script.key = createTestKey()
    script.keys = [script.key.jwk]
    script.members = { ...script.members, serial: 43, etag: 'sha256:0' }
    assert.equal(await client.refresh(), 'updated')
    assert.equal(asked('jwks.json'), 2)
  })
  test('it fetches the key set at most once in 30 seconds', async () => {
    const client = enrol()
    await client.refresh()
    script.key = createTestKey()
    script.members = { ...script.members, serial: 43, etag: 'sha256:0' }
    for (const wait of [0, 10, 19]) {
      now += wait
      await assert.rejects(client.refresh(), refused('key'))
    }
    assert.equal(asked('jwks.json'), 1)
    now += 1
    await assert.rejects(client.refresh(), refused('key'))
    assert.equal(asked('jwks.json'), 2)
  })
})

describe('when the manager is away', () => {
  test('it warns, then stops creating servers, and recovers with the first answer', async () => {
    const client = enrol()
    await client.refresh()
    now += 10 * 60
    assert.deepEqual(client.standing, { state: 'grace', createsAllowed: true, warning: 'Call 4400.' })
    now = START + 24 * HOUR
    assert.deepEqual(client.standing, { state: 'degraded', createsAllowed: false, warning: 'Call 4400.' })
    script.members = {
      ...script.members,
      issued_at: '2026-09-22T12:00:00Z',
      not_after: '2026-09-23T12:00:00Z',
      etag: 'sha256:0',
    }
    await client.refresh()
    assert.equal(client.standing.state, 'online')
  })
  test('it starts from its cache, and stands where it stood', async () => {
    await enrol().refresh()
    now += HOUR
    assert.equal(enrol().standing.state, 'grace')
  })
  test('it creates nothing before it has ever seen a policy', () => {
    assert.equal(enrol().standing.createsAllowed, false)
  })
  test('a clock set back over a restart gives no time back', async () => {
    const client = enrol()
    await client.refresh()
    now += 25 * HOUR
    script.answers.push({ status: 503 })
    await assert.rejects(client.refresh())
    now = START
    assert.equal(enrol().standing.state, 'degraded')
  })
  test('a clock set back gives no time back', async () => {
    const client = enrol()
    await client.refresh()
    now += 25 * HOUR
    assert.equal(client.standing.state, 'degraded')
    now = START
    assert.equal(client.standing.state, 'degraded')
  })
})
