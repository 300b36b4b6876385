import { configRequest } from '../load/config-request.ts'
import type { FixedRateResult } from '../load/plan.ts'
import { atMost, type Measure } from '../measure.ts'
import { fetchEnvelope } from '../servers/fetch-envelope.ts'
import { startBareServer } from '../servers/start-bare-server.ts'
import { type RunningManager, startManager } from '../servers/start-manager.ts'
import { percentile, spreadOf } from '../statistics.ts'
import type { BenchContext } from './bench-context.ts'

const PER_SECOND = 2000
const SECONDS = 30
const CONTROL_SECONDS = 10
const CLIENTS = 10_000
const CONNECTIONS = 512
/** One request in so many comes without a tag and gets the envelope: 5 %. */
const WITHOUT_TAG = 20
/** Milliseconds after the start, until what the start left behind is gone. */
const SETTLE = 2000

const NAME = '2,000 requests/s, 95 % of them 304, 10,000 tokens'
const MEGABYTE = 1e6
const once = (value: number) => spreadOf([value])

/**
 * Ten thousand clients at a fixed rate, on a manager that has just started and knows none of them. The bare server
 * gets the same requests before: what it cannot do in time, the machine cannot.
 */
export async function measureFixedRate(context: BenchContext): Promise<readonly Measure[]> {
  const { installation } = context
  const tokens = await context.newTokens(CLIENTS)
  const [first = ''] = await context.newTokens(1)
  const manager = await startManager(['--config', installation.settingsFile], installation.folder)
  await new Promise((resolve) => setTimeout(resolve, SETTLE))
  const idle = await residentMegabytes(manager)

  const { etag } = await fetchEnvelope(manager.port, first)
  const requests = await learnRequests(context, manager.port, tokens, etag)
  const control = await runControl(context, requests)
  // Reading it begins a new span.
  await manager.metric('hivewarden_event_loop_delay_p99_seconds')
  const cpuBefore = await manager.cpuSeconds()
  const result = await context.loader.fixedRate(planFor(manager.port, requests, SECONDS))
  const delay = await manager.metric('hivewarden_event_loop_delay_p99_seconds')
  const cpu = (await manager.cpuSeconds()) - cpuBefore
  const loaded = await residentMegabytes(manager)
  await manager.stop()

  if (result.firstError !== undefined) console.log(`The first error was: ${result.firstError}`)
  return [
    ...latencyMeasures(NAME, result, 25),
    { name: NAME, unit: 'errors', value: once(result.errors), bound: atMost(0) },
    { name: `${NAME}: event-loop delay p99`, unit: 'ms', value: once(delay * 1000) },
    { name: `${NAME}: CPU of one core`, unit: 'times', value: once(cpu / SECONDS) },
    ...latencyMeasures('the same from the bare server', control),
    { name: 'resident memory, idle', unit: 'MB', value: once(idle), bound: atMost(130) },
    { name: 'resident memory after 10,000 tokens', unit: 'MB', value: once(loaded), bound: atMost(220) },
  ]
}

const residentMegabytes = async (manager: RunningManager): Promise<number> =>
  (await manager.metric('process_resident_memory_bytes')) / MEGABYTE

const learnRequests = (context: BenchContext, port: number, tokens: readonly string[], etag: string) =>
  context.loader.learn(
    Array.from({ length: PER_SECOND * SECONDS }, (_none, index) =>
      configRequest({
        port,
        token: tokens[index % CLIENTS] ?? '',
        ...(index % WITHOUT_TAG === 0 ? {} : { ifNoneMatch: etag }),
      }),
    ),
  )

const planFor = (port: number, requests: readonly number[], seconds: number) => ({
  port,
  connections: CONNECTIONS,
  requests,
  perSecond: PER_SECOND,
  seconds,
  expect: [200, 304],
})

async function runControl(context: BenchContext, requests: readonly number[]): Promise<FixedRateResult> {
  const bare = await startBareServer(304, 0)
  const result = await context.loader.fixedRate(planFor(bare.port, requests, CONTROL_SECONDS))
  await bare.stop()
  return result
}

function latencyMeasures(name: string, { latencies }: FixedRateResult, most?: number): readonly Measure[] {
  const sorted = latencies.toSorted()
  const latency = (percent: number) => once(percentile(sorted, percent))
  return [
    { name: `${name}: p50`, unit: 'ms', value: latency(50) },
    {
      name: `${name}: p99`,
      unit: 'ms',
      value: latency(99),
      ...(most === undefined ? {} : { bound: atMost(most) }),
    },
    { name: `${name}: slowest`, unit: 'ms', value: latency(100) },
  ]
}
