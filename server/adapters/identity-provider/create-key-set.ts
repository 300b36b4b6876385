import { limits } from '../../../domain/limits.ts'
import type { Clock } from '../../ports/clock.ts'
import type { KeySet, KeySetProblem, RefreshOutcome } from '../../ports/key-set.ts'
import type { LimitedFetch } from '../../ports/limited-fetch.ts'
import type { Logger } from '../../ports/logger.ts'
import type { Metrics } from '../../ports/metrics.ts'
import { createKeySetJournal } from './key-set-journal.ts'
import { createKeySource } from './key-source.ts'
import { createPacedAttempts } from './paced-attempts.ts'
import { findInTable, type KeyTable } from './read-key-table.ts'
import { createSteadyClock } from './steady-clock.ts'

/** Runs `task` once after `seconds`; the answer cancels it. */
export type Schedule = (seconds: number, task: () => void) => () => void

export interface KeySetOptions {
  /** Exactly as the discovery document writes it. */
  readonly issuer: string
  readonly fetch: LimitedFetch
  readonly clock: Clock
  readonly logger: Logger
  readonly metrics: Metrics
  readonly schedule?: Schedule
}

interface Loaded {
  readonly table: KeyTable
  /** By the steady clock, for ages; the wall clock is for people. */
  readonly at: number
  readonly wallClock: number
}

const { pauseBetweenFetches, refreshAfter, staleFor } = limits.jwks

/** Seconds on top, so that a timer that fires a little early does not find the pause unfinished and wait a whole one more. */
const TIMER_SLACK = 1

const runLater: Schedule = (seconds, task) => {
  const timer = setTimeout(task, seconds * 1000).unref()
  return () => clearTimeout(timer)
}

/**
 * The provider's keys, with the last good set kept for 24 hours. Whatever arrives, failing or succeeding, the provider
 * is asked at most once in 30 seconds (discovery and key set together are once), and by one request at a time.
 *
 * "The provider has no such key" is said only while the latest attempt succeeded: it is then at most 30 seconds old, or
 * was made for this very question. After a failed attempt the set is stale, and nobody can say.
 */
export const createKeySet = (options: KeySetOptions): KeySet => {
  const { clock, issuer, fetch, schedule = runLater } = options
  const steady = createSteadyClock(clock)
  const stopping = new AbortController()
  const readKeys = createKeySource({ issuer, fetch, now: steady, signal: stopping.signal })
  const journal = createKeySetJournal(issuer, options.logger, options.metrics)
  let loaded: Loaded | undefined
  let lastProblem: KeySetProblem | undefined
  let cancelTimer = (): void => {}

  const tableInUse = (): KeyTable | undefined =>
    loaded !== undefined && steady() - loaded.at <= staleFor ? loaded.table : undefined

  const keep = (table: KeyTable): void => {
    const before = loaded?.table
    loaded = { table, at: steady(), wallClock: Math.floor(clock.now() / 1000) }
    journal.loaded(before, table, lastProblem !== undefined)
    lastProblem = undefined
  }

  const attempts = createPacedAttempts(steady, pauseBetweenFetches, async () => {
    cancelTimer()
    const read = await readKeys(loaded?.table)
    if (stopping.signal.aborted) return
    if (read.ok) keep(read.value)
    else {
      lastProblem = read.problem
      journal.failed(read.problem, tableInUse())
    }
    cancelTimer = schedule((read.ok ? refreshAfter : pauseBetweenFetches) + TIMER_SLACK, () => void refresh())
  })

  const refresh = async (): Promise<RefreshOutcome> => {
    if (!stopping.signal.aborted) await attempts.run()
    if (lastProblem === undefined && loaded !== undefined) return { fresh: true }
    return { fresh: false, retryAfter: Math.max(1, Math.ceil(attempts.secondsLeft())) }
  }

  return {
    find: (kid) => {
      const table = tableInUse()
      return table === undefined ? { found: false, reason: 'unknown' } : findInTable(table, kid)
    },
    holds: (key) => tableInUse()?.all.has(key) ?? false,
    refresh,
    state: () => {
      const table = tableInUse()
      return {
        loaded: table !== undefined,
        keys: table?.all.size ?? 0,
        ...(loaded === undefined
          ? {}
          : { fetchedAt: loaded.wallClock, age: Math.floor(steady() - loaded.at) }),
        ...(lastProblem === undefined ? {} : { lastProblem }),
      }
    },
    start: () => void refresh(),
    stop: () => {
      cancelTimer()
      stopping.abort()
    },
  }
}
