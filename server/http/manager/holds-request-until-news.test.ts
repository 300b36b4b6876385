import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { type TestContext, test } from 'node:test'
import { generateSigningKey } from '../../adapters/key-material/generate-signing-key.ts'
import { eventually } from '../../testing/eventually.ts'
import { parseAnswers } from '../../testing/parse-answers.ts'
import {
  clientHeaders,
  otherPolicy,
  somePolicy,
  startTestManager,
  type TestManager,
  type TestManagerOptions,
} from '../../testing/start-test-manager.ts'

async function setUp(t: TestContext, options: TestManagerOptions = {}) {
  const manager = await startTestManager(options)
  t.after(() => manager.close())
  const { etag = '' } = (await manager.config()).headers
  return { manager, etag, held: (count: number) => held(manager, count) }
}

const held = (manager: TestManager, count: number): Promise<void> =>
  eventually(
    `${count} requests wait`,
    async () => (await manager.metric('hivewarden_waiting_requests')) === count,
  )

const wait = (etag: string, seconds = 60) => ({ 'If-None-Match': etag, Prefer: `wait=${seconds}` })

test('a request with the tag is held until the policy changes, and then gets the new envelope', async (t) => {
  const { manager, etag, held } = await setUp(t)
  const answer = manager.config(wait(etag))
  await held(1)
  writeFileSync(manager.policyFile, JSON.stringify(otherPolicy))
  const { status, headers, json } = await answer
  assert.equal(status, 200)
  assert.equal(headers['preference-applied'], 'wait=60')
  assert.notEqual(headers.etag, etag)
  assert.deepEqual(json().config, otherPolicy)
  await held(0)
})

test('a request for JOSE is held on its own tag and answered in its own form', async (t) => {
  const { manager, held } = await setUp(t)
  const jose = { Accept: 'application/jose' }
  const { etag = '' } = (await manager.config(jose)).headers
  const answer = manager.config({ ...wait(etag), ...jose })
  await held(1)
  writeFileSync(manager.policyFile, JSON.stringify(otherPolicy))
  assert.equal((await answer).headers['content-type'], 'application/jose')
})

test('many who wait are all answered', async (t) => {
  const { manager, etag, held } = await setUp(t)
  const answers = Array.from({ length: 300 }, () => manager.config(wait(etag)))
  await held(300)
  writeFileSync(manager.policyFile, JSON.stringify(otherPolicy))
  const statuses = (await Promise.all(answers)).map(({ status }) => status)
  assert.deepEqual(new Set(statuses), new Set([200]))
})

test('when the wait is over it is 304, and says that the wish was granted', async (t) => {
  const { manager, etag } = await setUp(t)
  const { status, headers } = await manager.config(wait(etag, 1))
  assert.equal(status, 304)
  assert.equal(headers['preference-applied'], 'wait=1')
  assert.equal(headers.etag, etag)
})

test('a wait of an hour is cut to a minute', async (t) => {
  const { manager, etag, held } = await setUp(t)
  const answer = manager.config(wait(etag, 3600))
  await held(1)
  writeFileSync(manager.policyFile, JSON.stringify(otherPolicy))
  assert.equal((await answer).headers['preference-applied'], 'wait=60')
})

for (const [title, headers] of [
  ['no tag', { Prefer: 'wait=60' }],
  ['an old tag', { Prefer: 'wait=60', 'If-None-Match': '"old"' }],
] as const) {
  test(`${title} is answered at once with the envelope`, async (t) => {
    const { manager } = await setUp(t)
    const answer = await manager.config(headers)
    assert.equal(answer.status, 200)
    assert.equal(answer.headers['preference-applied'], undefined)
  })
}

for (const prefer of ['wait=0', 'wait=-1', 'wait=soon', 'respond-async', 'wait']) {
  test(`Prefer: ${prefer} is no wish that is granted: 304 at once`, async (t) => {
    const { manager, etag } = await setUp(t)
    const answer = await manager.config({ 'If-None-Match': etag, Prefer: prefer })
    assert.equal(answer.status, 304)
    assert.equal(answer.headers['preference-applied'], undefined)
  })
}

test('a change that is none for the caller goes on being waited out', async (t) => {
  const { manager, etag, held } = await setUp(t)
  const answer = manager.config(wait(etag))
  await held(1)
  writeFileSync(manager.policyFile, JSON.stringify(somePolicy, null, 2))
  await eventually('the file is read again', () => manager.log.of('policy_loaded').length === 2)
  await held(1)
  writeFileSync(manager.policyFile, JSON.stringify(otherPolicy))
  assert.equal((await answer).status, 200)
})

test('a new signing key alone is no news: the tag does not speak of the signature', async (t) => {
  const { manager, etag, held } = await setUp(t)
  const answer = manager.config(wait(etag))
  await held(1)
  writeFileSync(manager.keyFile, generateSigningKey().pem)
  await eventually('the key is loaded', () => manager.log.of('signing_key_loaded').length === 1)
  await held(1)
  writeFileSync(manager.policyFile, JSON.stringify(otherPolicy))
  assert.equal((await answer).status, 200)
})

test('a new window is news, although nobody tells it', async (t) => {
  const { manager, held } = await setUp(t)
  // A lifetime of 24 hours has windows of 12; 300 milliseconds are left of this one.
  const window = 12 * 3600
  const now = manager.clock.now() / 1000
  manager.clock.advance(window - (now % window) - 0.3)
  const { etag = '' } = (await manager.config()).headers
  const answer = manager.config(wait(etag))
  await held(1)
  manager.clock.advance(1)
  const { status, headers } = await answer
  assert.equal(status, 200)
  assert.notEqual(headers.etag, etag)
})

test('whoever closes the connection while it waits leaves nothing behind', async (t) => {
  const { manager, etag, held } = await setUp(t)
  const giveUp = new AbortController()
  const answers = Array.from({ length: 50 }, () => manager.config(wait(etag), { signal: giveUp.signal }))
  await held(50)
  giveUp.abort()
  const outcomes = await Promise.allSettled(answers)
  assert.ok(outcomes.every(({ status }) => status === 'rejected'))
  await held(0)
})

test('a draining manager answers everybody who waits', async (t) => {
  const { manager, etag, held } = await setUp(t)
  const answers = Array.from({ length: 20 }, () => manager.config(wait(etag)))
  await held(20)
  await manager.manager.close()
  for (const { status, headers } of await Promise.all(answers)) {
    assert.deepEqual([status, headers['preference-applied']], [304, 'wait=60'])
  }
})

test('a draining manager holds nobody any more, and closes the connection', async (t) => {
  const { manager, etag } = await setUp(t, { patience: { farewell: 1000 } })
  const request =
    `GET /api/v1beta/config HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${manager.provider.issue()}\r\n` +
    `X-Client-Type: ${clientHeaders['X-Client-Type']}\r\nX-Client-Version: 1.2.3\r\nIf-None-Match: ${etag}\r\n`
  const socket = connect(manager.port, '127.0.0.1')
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise((resolve) => socket.on('close', resolve))
  const answers = () => parseAnswers(Buffer.concat(chunks)).answers

  socket.write(`${request}\r\n`)
  await eventually('the first answer', () => answers().length === 1)
  const closed = manager.manager.close()
  socket.write(`${request}Prefer: wait=60\r\n\r\n`)
  await ended
  await closed
  const second = answers()[1]
  assert.equal(second?.status, 304)
  assert.equal(second?.headers['preference-applied'], undefined)
  assert.equal(second?.headers.connection, 'close')
})

test('a request behind one that waits on the same connection is answered after it', async (t) => {
  const { manager, etag, held } = await setUp(t)
  const first =
    `GET /api/v1beta/config HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${manager.provider.issue()}\r\n` +
    `X-Client-Type: toolhive-cli\r\nX-Client-Version: 1.2.3\r\nIf-None-Match: ${etag}\r\nPrefer: wait=60\r\n\r\n`
  const both = manager.send(`${first}GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n`, { answers: 2 })
  await held(1)
  writeFileSync(manager.policyFile, JSON.stringify(otherPolicy))
  const { answers } = await both
  assert.deepEqual(
    answers.map(({ body }) => body.slice(0, 10)),
    ['{"config":', '{"status":'],
  )
})

test('what was held is not counted as slow', async (t) => {
  const { manager, etag } = await setUp(t)
  await manager.config(wait(etag, 1))
  const within = await manager.metric('hivewarden_http_request_duration_seconds_bucket{le="0.5"}')
  const all = await manager.metric('hivewarden_http_request_duration_seconds_count')
  assert.equal(within, all)
})
