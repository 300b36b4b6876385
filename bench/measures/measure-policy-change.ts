import { configRequest } from '../load/config-request.ts'
import { Connection } from '../load/connection.ts'
import { atMost, type Measure } from '../measure.ts'
import { fetchEnvelope } from '../servers/fetch-envelope.ts'
import { startManager } from '../servers/start-manager.ts'
import { spreadOf } from '../statistics.ts'
import type { BenchContext } from './bench-context.ts'

const CHANGES = 7
const WAITERS = 1000
/** Milliseconds for the waiting requests to arrive. */
const SETTLE = 300
const WAIT_SECONDS = 60
const PATIENCE = 10_000

interface Change {
  /** From the change of the file to the first answer with the new policy. */
  readonly served: number
  /** From that moment to the answers of those who waited. */
  readonly firstWaiter: number
  readonly lastWaiter: number
}

/** How soon a changed file is served, and how soon those hear of it who wait with `Prefer: wait`. */
export async function measurePolicyChange(context: BenchContext): Promise<readonly Measure[]> {
  const { installation } = context
  const manager = await startManager(['--config', installation.settingsFile], installation.folder)
  const [token = ''] = await context.newTokens(1)
  const changes: Change[] = []
  for (let edition = 1; edition <= CHANGES; edition += 1) {
    changes.push(await observeChange(manager.port, token, () => installation.changePolicy(edition)))
  }
  await manager.stop()
  const value = (of: (change: Change) => number) => spreadOf(changes.map(of))
  const waiters = WAITERS.toLocaleString('en')
  return [
    {
      name: 'policy file changed until it is served',
      unit: 'ms',
      value: value(({ served }) => served),
      bound: atMost(5000),
    },
    {
      name: `served until the first of ${waiters} waiting requests has it`,
      unit: 'ms',
      value: value(({ firstWaiter }) => firstWaiter),
      bound: atMost(250),
    },
    {
      name: `served until the last of ${waiters} waiting requests has it`,
      unit: 'ms',
      value: value(({ lastWaiter }) => lastWaiter),
      bound: atMost(250),
    },
  ]
}

async function observeChange(port: number, token: string, change: () => Promise<void>): Promise<Change> {
  const { etag } = await fetchEnvelope(port, token)
  const failed = Promise.withResolvers<never>()
  const connections = await Promise.all(
    Array.from({ length: WAITERS }, () => Connection.open(port, failed.reject)),
  )
  const request = configRequest({ port, token, ifNoneMatch: etag, wait: WAIT_SECONDS })
  const arrivals = connections.map((connection) => answerOf(connection, request))
  await new Promise((resolve) => setTimeout(resolve, SETTLE))

  const changedAt = performance.now()
  await change()
  const servedAt = await Promise.race([untilServed(port, token, etag), failed.promise])
  const heardAt = await Promise.race([Promise.all(arrivals), failed.promise])
  for (const connection of connections) connection.close()
  return {
    served: servedAt - changedAt,
    // Whoever waits may hear of it before the next look does.
    firstWaiter: Math.max(0, Math.min(...heardAt) - servedAt),
    lastWaiter: Math.max(0, Math.max(...heardAt) - servedAt),
  }
}

/** When the answer came. It is a 200 long before the wait is over, or the measurement fails. */
const answerOf = (connection: Connection, request: Buffer): Promise<number> =>
  new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('A waiting request heard nothing.')), PATIENCE + SETTLE)
    connection.send(request, ({ status }) => {
      clearTimeout(late)
      if (status === 200) resolve(performance.now())
      else reject(new Error(`A waiting request got ${status}.`))
    })
  })

/** The beginning of the last look that still saw the old policy: the new one was served after it. */
async function untilServed(port: number, token: string, etag: string): Promise<number> {
  const began = performance.now()
  let lastOld = began
  while (performance.now() - began < PATIENCE) {
    const askedAt = performance.now()
    const { status } = await fetchEnvelope(port, token, etag)
    if (status === 200) return lastOld
    lastOld = askedAt
  }
  throw new Error('The changed policy was never served.')
}
