import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { createPrometheusMetrics } from '../adapters/metrics/prometheus-metrics.ts'
import { collectLog } from '../testing/collect-log.ts'
import { send } from '../testing/send.ts'
import { createDispatch, type Door } from './dispatch.ts'
import { openListener } from './listener.ts'
import { createRefusalLog } from './refusal-log.ts'

async function open(t: TestContext, handle: Door['handle']) {
  const clock = { now: () => 0 }
  const log = collectLog(clock)
  const metrics = createPrometheusMetrics()
  const dispatch = createDispatch({
    routes: new Map(),
    doors: [{ name: 'pages', opensFor: (path) => path.startsWith('/pages'), handle }],
    answersFor: () => true,
    counts: {
      requests: metrics.counter('requests_total', 'Requests.', ['route', 'status']),
      latency: metrics.histogram('seconds', 'Seconds.', [1]),
    },
    refusals: createRefusalLog(log.logger, clock, () => '203.0.113.7'),
  })
  const opened = await openListener({
    address: { host: '127.0.0.1', port: 0 },
    handle: dispatch,
    logger: log.logger,
    patience: { farewell: 10 },
  })
  assert.ok(opened.ok)
  t.after(() => opened.value.drain())
  return { port: opened.value.port, log, metrics }
}

const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`

test('a door serves what is under its paths and is counted by its name', async (t) => {
  const { port, metrics } = await open(t, (_, response) => {
    response.writeHead(200, { 'Content-Length': 2 }).end('ok')
  })
  assert.equal((await send(port, get('/pages/1'), { answers: 1 })).answers[0]?.body, 'ok')
  assert.equal((await send(port, get('/other'), { answers: 1 })).answers[0]?.status, 404)
  assert.match(metrics.render(), /requests_total\{route="pages",status="200"\} 1\n/)
})

test('a door that fails is answered with 500 and an id, and its error is in the log alone', async (t) => {
  const { port, log } = await open(t, () => {
    throw new Error('the secret of the door')
  })
  const { answers } = await send(port, get('/pages'), { answers: 1 })
  const { error, request_id } = JSON.parse(answers[0]?.body ?? '')
  assert.deepEqual([answers[0]?.status, error], [500, 'internal_error'])
  assert.doesNotMatch(answers[0]?.body ?? '', /secret/)
  const [line] = log.of('request_failed')
  assert.equal(line?.request_id, request_id)
  assert.match(String(line?.error), /the secret of the door/)
})

test('a door that fails half way through its answer has its connection cut, not continued', async (t) => {
  const { port } = await open(t, async (_, response) => {
    response.writeHead(200, { 'Content-Length': 100 })
    response.write('half')
    await Promise.reject(new Error('broken'))
  })
  const { answers, closedByServer } = await send(port, get('/pages'))
  assert.deepEqual(answers, [])
  assert.ok(closedByServer)
})

test('a door that wants a body gets it from a client that asks before it sends', async (t) => {
  const { port } = await open(t, async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    response.writeHead(200, { 'Content-Length': body.length }).end(body)
  })
  const head = 'POST /pages HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n'
  const { received } = await send(port, `${head}hello`, { answers: 1 })
  assert.match(received.toString(), /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n/)
  assert.ok(received.toString().endsWith('hello'))
})
