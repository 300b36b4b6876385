import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { parseExposition } from '../adapters/metrics/parse-exposition.fixture.ts'
import { request } from '../testing/request.ts'
import { startTestManager } from '../testing/start-test-manager.ts'

const manager = await startTestManager()
after(() => manager.close())
const port = manager.manager.metricsPort ?? 0

test('a scrape of a running manager can be read, and has what an operator watches', async () => {
  await manager.config()
  await manager.config({ Authorization: 'Bearer bad' })
  const { status, headers, text } = await request(port, '/metrics')
  assert.equal(status, 200)
  assert.equal(headers['content-type'], 'text/plain; version=0.0.4; charset=utf-8')
  const families = parseExposition(text)
  for (const name of [
    'hivewarden_http_requests_total',
    'hivewarden_http_request_duration_seconds',
    'hivewarden_token_results_total',
    'hivewarden_jwks_fetches_total',
    'hivewarden_jwks_keys',
    'hivewarden_envelope_cache_total',
    'hivewarden_waiting_requests',
    'hivewarden_policy_refused',
    'hivewarden_policy_loads_total',
    'hivewarden_signing_key_refused',
    'hivewarden_event_loop_delay_p99_seconds',
    'process_resident_memory_bytes',
  ]) {
    assert.ok(families.has(name), name)
    assert.ok((families.get(name)?.help ?? '').length > 0, name)
  }
})

test('requests are counted by route and status, and tokens by what came of them', async () => {
  const ok = 'hivewarden_http_requests_total{route="config",status="200"}'
  const refused = 'hivewarden_http_requests_total{route="config",status="401"}'
  const malformed = 'hivewarden_token_results_total{result="malformed"}'
  const before = [await manager.metric(ok), await manager.metric(refused), await manager.metric(malformed)]
  await manager.config()
  await manager.config({ Authorization: 'Bearer bad' })
  const now = [await manager.metric(ok), await manager.metric(refused), await manager.metric(malformed)]
  assert.deepEqual(
    now,
    before.map((count) => count + 1),
  )
})

test('nothing that a client sends becomes a label', async () => {
  const series = async (): Promise<number> => (await request(port, '/metrics')).text.split('\n').length
  await manager.request('/nowhere')
  await manager.config({ Authorization: `Bearer ${manager.provider.issue({}, { kid: 'warm-up' })}` })
  const before = await series()
  for (let index = 0; index < 50; index += 1) {
    await manager.request(`/nowhere-${index}`)
    await manager.config({ Authorization: `Bearer ${manager.provider.issue({}, { kid: `k${index}` })}` })
  }
  assert.equal(await series(), before)
})

for (const [method, path, status] of [
  ['HEAD', '/metrics', 200],
  ['GET', '/metrics?x=1', 200],
  ['GET', '/', 404],
  ['GET', '/metrics/', 404],
  ['GET', '/.well-known/jwks.json', 404],
  ['POST', '/metrics', 405],
] as const) {
  test(`${method} ${path} on the metrics listener is ${status}`, async () => {
    assert.equal((await request(port, path, { method })).status, status)
  })
}

test('clients find no metrics on their own listener', async () => {
  assert.equal((await manager.request('/metrics')).status, 404)
})

test('without the setting there is no metrics listener', async (t) => {
  const quiet = await startTestManager({ settings: { 'server.metricsListen': undefined } })
  t.after(() => quiet.close())
  assert.equal(quiet.manager.metricsPort, undefined)
})
