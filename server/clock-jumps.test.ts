import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { type TestContext, test } from 'node:test'
import { createFakeClock } from './adapters/identity-provider/testing/observed.ts'
import { eventually } from './testing/eventually.ts'
import { otherPolicy, startTestManager, type TestManagerOptions } from './testing/start-test-manager.ts'

const HOUR = 3600
/** A lifetime of 24 hours has windows of 12. */
const WINDOW = 12 * HOUR
/** 2026-09-21T12:00:00Z, at which a window begins. */
const NOON = 1_790_000_000 - (1_790_000_000 % WINDOW)

async function setUp(t: TestContext, at = NOON + HOUR, options: TestManagerOptions = {}) {
  const manager = await startTestManager({ clock: createFakeClock(at), ...options })
  t.after(() => manager.close())
  const envelope = async () => (await manager.config()).json()
  const secondsLeft = async () =>
    Date.parse(String((await envelope()).not_after)) / 1000 - manager.clock.now() / 1000
  return { manager, envelope, secondsLeft }
}

test('inside a window the envelope and its tag stay, to the last second', async (t) => {
  const { manager, envelope } = await setUp(t, NOON)
  const first = await envelope()
  manager.clock.advance(WINDOW - 1)
  assert.deepEqual(await envelope(), first)
  assert.equal((await manager.config({ 'If-None-Match': `"${first.etag}"` })).status, 304)
})

test('with the next window comes another tag, so that no 304 keeps an old envelope alive', async (t) => {
  const { manager, envelope } = await setUp(t, NOON)
  const first = await envelope()
  manager.clock.advance(WINDOW)
  const answer = await manager.config({ 'If-None-Match': `"${first.etag}"` })
  assert.equal(answer.status, 200)
  assert.deepEqual(
    [answer.json().issued_at, answer.json().not_after],
    ['2026-09-22T00:00:00Z', '2026-09-23T00:00:00Z'],
  )
})

test('an envelope that is handed out always has between half its lifetime and all of it to live', async (t) => {
  const { manager, secondsLeft } = await setUp(t, NOON)
  for (let step = 0; step < 60; step += 1) {
    const left = await secondsLeft()
    assert.ok(left > WINDOW && left <= 2 * WINDOW, `${left} at step ${step}`)
    manager.clock.advance(1637)
  }
})

test('replicas with one key and one policy agree on the tag without talking', async (t) => {
  const one = await setUp(t, NOON + 5)
  const other = await setUp(t, NOON + 3 * HOUR)
  assert.equal((await one.envelope()).etag, (await other.envelope()).etag)
})

for (const [title, jump] of [
  ['an hour back', -HOUR],
  ['an hour ahead', HOUR],
  ['ten years ahead', 10 * 365 * 24 * HOUR],
  ['back to 1970', -(NOON + HOUR)],
] as const) {
  test(`a clock that jumps ${title} gives an envelope that is valid by that clock`, async (t) => {
    const { manager, envelope, secondsLeft } = await setUp(t)
    await envelope()
    manager.clock.advance(jump)
    const { issued_at } = await envelope()
    assert.ok(Date.parse(String(issued_at)) <= manager.clock.now())
    const left = await secondsLeft()
    assert.ok(left >= WINDOW && left <= 2 * WINDOW, `${left} seconds`)
  })
}

test('a clock that comes back from a jump finds the envelope that it had', async (t) => {
  const { manager, envelope } = await setUp(t)
  const before = await envelope()
  manager.clock.advance(30 * 24 * HOUR)
  assert.notEqual((await envelope()).etag, before.etag)
  manager.clock.advance(-30 * 24 * HOUR)
  assert.equal((await envelope()).etag, before.etag)
})

test('a policy that is loaded while the clock is far back is served with the same content and no negative lifetime', async (t) => {
  const { manager, envelope, secondsLeft } = await setUp(t)
  manager.clock.advance(-NOON)
  writeFileSync(manager.policyFile, JSON.stringify(otherPolicy))
  await eventually('the policy is loaded', () => manager.log.of('policy_loaded').length === 2)
  assert.deepEqual((await envelope()).config, otherPolicy)
  assert.ok((await secondsLeft()) > 0)
})

test('the shortest lifetime renews every five minutes', async (t) => {
  const { manager, envelope } = await setUp(t, NOON, {
    settings: { 'signingConfig.envelopeTTL': '10m', 'signingConfig.refreshInterval': '2m30s' },
  })
  const first = await envelope()
  assert.equal(first.refresh_interval, '2m30s')
  manager.clock.advance(299)
  assert.equal((await envelope()).etag, first.etag)
  manager.clock.advance(1)
  assert.notEqual((await envelope()).etag, first.etag)
})

test('a serial is in the envelope where one is stated, and nowhere else', async (t) => {
  const numbered = await setUp(t, NOON, { settings: { serial: '7' } })
  const plain = await setUp(t, NOON)
  assert.equal((await numbered.envelope()).serial, 7)
  assert.equal('serial' in (await plain.envelope()), false)
})

test('degraded mode stands inside the config and beside it', async (t) => {
  const degraded = { policy: 'block_new', grace_period: '24h', message: 'Call the help desk.' }
  const { envelope } = await setUp(t, NOON, { policy: { degraded_mode: degraded } })
  const { config, degraded_mode } = await envelope()
  assert.deepEqual(config, { degraded_mode: degraded })
  assert.deepEqual(degraded_mode, degraded)
})
