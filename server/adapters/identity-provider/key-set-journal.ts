import type { KeySetProblem } from '../../ports/key-set.ts'
import type { Logger } from '../../ports/logger.ts'
import type { Metrics } from '../../ports/metrics.ts'
import type { KeyTable } from './read-key-table.ts'

export interface KeySetJournal {
  loaded(before: KeyTable | undefined, table: KeyTable, afterProblem: boolean): void
  failed(problem: KeySetProblem, kept: KeyTable | undefined): void
}

const sameKeys = (one: KeyTable, other: KeyTable): boolean =>
  one.all.size === other.all.size && [...one.all].every((key) => other.all.has(key))

/** What an operator sees of the key set: attempts and keys as metrics, and a log line for everything that changed. */
export const createKeySetJournal = (issuer: string, logger: Logger, metrics: Metrics): KeySetJournal => {
  const attempts = metrics.counter(
    'hivewarden_jwks_fetches_total',
    'Attempts to fetch the keys of the identity provider.',
    ['outcome'],
  )
  const keys = metrics.gauge('hivewarden_jwks_keys', 'Usable keys of the identity provider.')
  return {
    loaded: (before, table, afterProblem) => {
      attempts.add(['fetched'])
      keys.set(table.all.size)
      if (afterProblem) logger.info('identity_provider_answers_again', { issuer })
      if (before !== undefined && sameKeys(before, table)) return
      logger.info('identity_provider_keys_loaded', {
        issuer,
        keys: table.all.size,
        kids: [...table.byKid.keys()].join(' '),
      })
      if (table.skipped.length > 0)
        logger.warn('identity_provider_keys_skipped', { issuer, keys: table.skipped.join('; ') })
    },
    failed: (problem, kept) => {
      attempts.add([problem.reason])
      keys.set(kept?.all.size ?? 0)
      logger.warn('identity_provider_keys_not_fetched', { issuer, ...problem, keysKept: kept?.all.size ?? 0 })
    },
  }
}
