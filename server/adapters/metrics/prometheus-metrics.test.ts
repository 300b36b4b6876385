import assert from 'node:assert/strict'
import { test } from 'node:test'
import { observeProcess } from './observe-process.ts'
import { parseExposition } from './parse-exposition.fixture.ts'
import { createPrometheusMetrics } from './prometheus-metrics.ts'

test('a counter without labels starts at nothing and is there from the start', () => {
  const metrics = createPrometheusMetrics()
  const counter = metrics.counter('requests_total', 'Requests.')
  assert.deepEqual(parseExposition(metrics.render()).get('requests_total')?.samples, [
    { name: 'requests_total', labels: {}, value: 0 },
  ])
  counter.add()
  counter.add([], 4)
  assert.equal(parseExposition(metrics.render()).get('requests_total')?.samples[0]?.value, 5)
})

test('a counter with labels keeps one series for each combination', () => {
  const metrics = createPrometheusMetrics()
  const counter = metrics.counter('requests_total', 'Requests.', ['route', 'status'])
  counter.add(['config', '200'])
  counter.add(['config', '304'])
  counter.add(['config', '200'])
  assert.deepEqual(parseExposition(metrics.render()).get('requests_total'), {
    help: 'Requests.',
    type: 'counter',
    samples: [
      { name: 'requests_total', labels: { route: 'config', status: '200' }, value: 2 },
      { name: 'requests_total', labels: { route: 'config', status: '304' }, value: 1 },
    ],
  })
})

test('quotes and backslashes in a label stay what they are', () => {
  const metrics = createPrometheusMetrics()
  metrics.counter('a_total', 'A \\ b\nc.', ['label']).add(['say "\\"'])
  const family = parseExposition(metrics.render()).get('a_total')
  assert.deepEqual(family?.samples[0]?.labels, { label: 'say "\\"' })
  assert.equal(family?.help, 'A \\ b\nc.')
})

test('a gauge says what it was last set to', () => {
  const metrics = createPrometheusMetrics()
  const gauge = metrics.gauge('refused', 'Refused.')
  gauge.set(1)
  gauge.set(0)
  assert.deepEqual(parseExposition(metrics.render()).get('refused'), {
    help: 'Refused.',
    type: 'gauge',
    samples: [{ name: 'refused', labels: {}, value: 0 }],
  })
})

test('the buckets of a histogram hold everything up to their bound', () => {
  const metrics = createPrometheusMetrics()
  const histogram = metrics.histogram('seconds', 'Seconds.', [0.1, 1])
  for (const seconds of [0.05, 0.1, 0.5, 7]) histogram.observe(seconds)
  const samples = parseExposition(metrics.render()).get('seconds')?.samples
  assert.deepEqual(
    samples?.map(({ name, labels, value }) => [name, labels.le, value]),
    [
      ['seconds_bucket', '0.1', 2],
      ['seconds_bucket', '1', 3],
      ['seconds_bucket', '+Inf', 4],
      ['seconds_sum', undefined, 7.65],
      ['seconds_count', undefined, 4],
    ],
  )
})

test('an observed value is asked for at each scrape', () => {
  const metrics = createPrometheusMetrics()
  let waiting = 1
  metrics.observed('waiting', 'Waiting.', () => waiting)
  waiting = 3
  assert.equal(parseExposition(metrics.render()).get('waiting')?.samples[0]?.value, 3)
})

test('declaring a name twice, or one that Prometheus does not take, is a bug', () => {
  const metrics = createPrometheusMetrics()
  metrics.gauge('waiting', 'Waiting.')
  assert.throws(() => metrics.counter('waiting', 'Again.'), TypeError)
  assert.throws(() => metrics.counter('not-a-name', 'No.'), TypeError)
})

test('the process says its memory, its CPU time, its age and the delay of its event loop', (t) => {
  const metrics = createPrometheusMetrics()
  t.after(observeProcess(metrics))
  const families = parseExposition(metrics.render())
  assert.deepEqual(
    [...families].map(([name, { type }]) => `${name} ${type}`),
    [
      'hivewarden_event_loop_delay_p99_seconds gauge',
      'process_resident_memory_bytes gauge',
      'process_cpu_seconds_total counter',
      'process_uptime_seconds gauge',
    ],
  )
  for (const [name, { samples }] of families) assert.ok((samples[0]?.value ?? -1) >= 0, name)
})
