import { configRequest } from '../load/config-request.ts'
import { atLeast, type Measure } from '../measure.ts'
import { fetchEnvelope } from '../servers/fetch-envelope.ts'
import type { RunningServer } from '../servers/running-server.ts'
import { startBareServer } from '../servers/start-bare-server.ts'
import { type RunningManager, startManager } from '../servers/start-manager.ts'
import { type Spread, spreadOf } from '../statistics.ts'
import type { BenchContext } from './bench-context.ts'

const CONNECTIONS = 64
/** Clients that share the connections in the worst case: a proxy that hands each request to any of them. */
const POOLED_CLIENTS = 10_000
/** Requests of a round with new tokens: each token can be new only once, and signing them takes its time. */
const NEW_PER_ROUND = 10_000

interface Burst {
  readonly requests: readonly number[]
  readonly status: 200 | 304
  /** Each connection belongs to one client; otherwise requests take any. */
  readonly own: boolean
  readonly count?: number
}

interface Round {
  readonly perSecond: number
  /** CPU time of the server per request, in microseconds. */
  readonly cpu: number
  /** Share of the load process's looks for answers that found none. */
  readonly looksInVain: number
}

interface Contest {
  readonly context: BenchContext
  readonly manager: RunningManager
  readonly bare: Readonly<Record<200 | 304, RunningServer>>
  /** Makes requests for the manager's envelope out of tokens. */
  learn(tokens: readonly string[], ifNoneMatch?: string): Promise<readonly number[]>
}

interface Comparison {
  readonly name: string
  readonly bound?: number
  /** What one round sends, to both sides. */
  burst(): Promise<Burst>
}

/** The manager against the bare server, in turns: what disturbs the machine disturbs both. */
export async function measureThroughput(context: BenchContext): Promise<readonly Measure[]> {
  const { installation, loader } = context
  const manager = await startManager(['--config', installation.settingsFile], installation.folder)
  const clients = await context.newTokens(POOLED_CLIENTS)
  const { etag, size } = await fetchEnvelope(manager.port, clients[0] ?? '')
  const bare = { 200: await startBareServer(200, size), 304: await startBareServer(304, 0) }
  const contest: Contest = {
    context,
    manager,
    bare,
    learn: (tokens, ifNoneMatch) =>
      loader.learn(
        tokens.map((token) =>
          configRequest({ port: manager.port, token, ...(ifNoneMatch === undefined ? {} : { ifNoneMatch }) }),
        ),
      ),
  }
  const fetches = await contest.learn(clients)
  const polls = await contest.learn(clients, etag)

  // Everybody was here once, and both sides have run warm.
  const warmUp: Burst = { requests: fetches, status: 200, own: false, count: 2 * POOLED_CLIENTS }
  for (const server of [manager, bare[200]]) await runRound(context, server, warmUp)
  const measures: Measure[] = []
  for (const comparison of comparisons(contest, fetches, polls)) {
    measures.push(...(await compareRounds(contest, comparison)))
  }
  for (const server of [manager, bare[200], bare[304]]) await server.stop()
  return measures
}

const comparisons = (
  { context, learn }: Contest,
  fetches: readonly number[],
  polls: readonly number[],
): readonly Comparison[] => [
  {
    name: 'envelope 200, token seen before',
    bound: 0.8,
    burst: async () => ({ requests: fetches, status: 200, own: true }),
  },
  {
    name: 'envelope 304',
    bound: 0.85,
    burst: async () => ({ requests: polls, status: 304, own: true }),
  },
  {
    name: 'envelope 200, 10,000 clients behind a pooling proxy',
    burst: async () => ({ requests: fetches, status: 200, own: false }),
  },
  {
    name: 'envelope 304, 10,000 clients behind a pooling proxy',
    burst: async () => ({ requests: polls, status: 304, own: false }),
  },
  {
    name: 'envelope 200, RS256 tokens never seen before',
    bound: 0.3,
    burst: async () => ({
      requests: await learn(await context.newTokens(NEW_PER_ROUND)),
      status: 200,
      own: false,
      count: NEW_PER_ROUND,
    }),
  },
]

async function compareRounds(
  { context, manager, bare }: Contest,
  { name, bound, burst }: Comparison,
): Promise<readonly Measure[]> {
  const ours: Round[] = []
  const theirs: Round[] = []
  for (let round = 0; round < context.rounds; round += 1) {
    const sent = await burst()
    const runs = [
      async () => ours.push(await runRound(context, manager, sent)),
      async () => theirs.push(await runRound(context, bare[sent.status], sent)),
    ]
    // Whoever goes second meets a warmer machine, so they take turns in that too.
    for (const run of round % 2 === 0 ? runs : runs.reverse()) await run()
  }
  const ratio = (of: (round: Round) => number): Spread =>
    spreadOf(ours.map((round, index) => of(round) / of(theirs[index] ?? round)))
  const byCpu = ratio(({ cpu }) => 1 / cpu)
  const each = (rounds: readonly Round[], of: (round: Round) => number): Spread => spreadOf(rounds.map(of))
  return [
    {
      name,
      unit: 'of bare',
      value: ratio(({ perSecond }) => perSecond),
      ...(bound === undefined ? {} : { bound: atLeast(bound) }),
    },
    // The same by the server's own CPU time, which others on the machine disturb less.
    { name: `${name}: by CPU time`, unit: 'of bare', value: byCpu },
    { name: `${name}: manager`, unit: 'requests/s', value: each(ours, ({ perSecond }) => perSecond) },
    { name: `${name}: bare`, unit: 'requests/s', value: each(theirs, ({ perSecond }) => perSecond) },
    {
      name: `${name}: looks of the load process in vain, beside bare`,
      unit: 'share',
      value: each(theirs, ({ looksInVain }) => looksInVain),
    },
  ]
}

async function runRound(context: BenchContext, server: RunningServer, burst: Burst): Promise<Round> {
  const cpuBefore = await server.cpuSeconds()
  const result = await context.loader.burst({
    port: server.port,
    connections: CONNECTIONS,
    requests: burst.requests,
    ownRequests: burst.own,
    expect: burst.status,
    ...(burst.count === undefined ? { milliseconds: context.roundMilliseconds } : { count: burst.count }),
  })
  if (result.firstError !== undefined) throw new Error(result.firstError)
  const cpu = (await server.cpuSeconds()) - cpuBefore
  const seconds = result.milliseconds / 1000
  return {
    perSecond: result.answers / seconds,
    cpu: (cpu / result.answers) * 1e6,
    looksInVain: result.looksInVain,
  }
}
