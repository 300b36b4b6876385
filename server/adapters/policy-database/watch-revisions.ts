import type { PolicyContext } from '../../../domain/policy/policy-context.ts'
import type { PolicyProblem } from '../../../domain/policy/problem.ts'
import type { ChangeFeed } from '../../ports/change-feed.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Logger } from '../../ports/logger.ts'
import type { Metrics } from '../../ports/metrics.ts'
import type { PolicyInForce, PolicyRefusal, PolicySource } from '../../ports/policy-source.ts'
import type { RevisionStore, StoredRevision } from '../../ports/revision-store.ts'
import { createListeners } from '../system/listeners.ts'
import { createLookout } from '../system/lookout.ts'
import { readStoredPolicy } from './read-stored-policy.ts'

interface RevisionDependencies {
  readonly revisions: Pick<RevisionStore, 'head' | 'get'>
  readonly feed: ChangeFeed
  readonly context: () => PolicyContext
  readonly clock: Clock
  readonly logger: Logger
  readonly metrics: Metrics
  readonly everyMilliseconds?: number
}

/** A policy source that can be told to look, for a start and for tests. */
export interface WatchedRevisions extends PolicySource {
  look(): Promise<void>
}

/**
 * The policy of the newest revision, kept in memory: nobody who asks for it waits for the database, and with the
 * database away it goes on. A revision is taken up whole or refused whole, and never one with a lower serial than this
 * process has served.
 */
export async function watchRevisions(dependencies: RevisionDependencies): Promise<WatchedRevisions> {
  const { revisions, clock, logger } = dependencies
  const { add, tell } = createListeners()
  const refusedGauge = dependencies.metrics.gauge(
    'hivewarden_policy_refused',
    '1 while the newest policy document is refused and an older one is served.',
  )
  let inForce: PolicyInForce | undefined
  let refused: (PolicyRefusal & { readonly serial: number }) | undefined

  const refuse = (serial: number, problems: readonly PolicyProblem[]): void => {
    refusedGauge.set(1)
    if (refused?.serial === serial) return
    refused = { since: Math.floor(clock.now() / 1000), problems, serial }
    for (const { path, code, message } of problems.slice(0, 20)) {
      logger.error('policy_refused', { serial, place: path, code, message })
    }
  }

  const take = (stored: Extract<StoredRevision, { intact: true }>): void => {
    const { serial, revision } = stored
    const reading = readStoredPolicy(revision, dependencies.context())
    if (!reading.ok) return refuse(serial, reading.problems)
    inForce = {
      document: reading.document,
      serial,
      publishedAt: revision.publishedAt,
      loadedAt: Math.floor(clock.now() / 1000),
      warnings: reading.warnings,
    }
    settle()
    logger.info('policy_loaded', { serial, warnings: reading.warnings.length })
    tell()
  }

  const settle = (): void => {
    refused = undefined
    refusedGauge.set(0)
  }

  const look = async (): Promise<'seen' | 'unavailable'> => {
    const head = await revisions.head()
    if (head === 'unavailable') return 'unavailable'
    const serving = inForce?.serial ?? 0
    const newest = head?.serial ?? 0
    if (newest < serving) {
      refuse(newest, [older(newest, serving)])
    } else if (newest === serving) {
      if (inForce !== undefined) settle()
    } else {
      const stored = await revisions.get(newest)
      if (stored === 'unavailable') return 'unavailable'
      if (stored?.intact === true) take(stored)
      else refuse(newest, [damaged(newest)])
    }
    return 'seen'
  }

  const lookout = createLookout({
    look,
    subscribe: (listener) => dependencies.feed.subscribe(listener),
    everyMilliseconds: dependencies.everyMilliseconds ?? 1000,
    logger,
  })
  await lookout.look()
  return {
    get describes() {
      return inForce?.serial === undefined ? 'the database' : `revision ${inForce.serial}`
    },
    current: () => inForce,
    refusal: () => refused,
    onChange: add,
    look: lookout.look,
    stop: lookout.stop,
  }
}

const problem = (message: string): PolicyProblem => ({
  path: '',
  code: 'unreadable',
  message,
  severity: 'error',
})

/** Stops a writer of the database from giving the fleet a policy that nobody published. */
const damaged = (serial: number): PolicyProblem =>
  problem(`Revision ${serial} does not match its hash. Return to an earlier revision, or restore a backup.`)

/** Stops a database that was set back from taking back what clients have seen. */
const older = (newest: number, serving: number): PolicyProblem =>
  problem(
    `The newest revision in the database is ${newest}, and this manager has served ${serving}. ` +
      `Restore with --serial-floor ${serving}, so that the next revision stands above it.`,
  )
