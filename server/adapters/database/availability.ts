import type { Clock } from '../../ports/clock.ts'
import type { DatabaseHealth } from '../../ports/database.ts'
import type { Logger } from '../../ports/logger.ts'

/** Whether the database answers, as the last attempt found it. Tells the log of each turn once. */
export interface Availability {
  worked(): void
  failed(reason: string): 'unavailable'
  noteDamage(words: string): void
  health(): DatabaseHealth
}

export function trackAvailability(clock: Clock, logger: Logger): Availability {
  const damage = new Set<string>()
  let away: { readonly reason: string; readonly since: number } | undefined
  return {
    worked() {
      if (away === undefined) return
      logger.info('database_back', { awayForMs: clock.now() - away.since })
      away = undefined
    },
    failed(reason) {
      if (away?.reason !== reason) logger.error('database_unavailable', { reason })
      away = { reason, since: away?.since ?? clock.now() }
      return 'unavailable'
    },
    noteDamage(words) {
      if (damage.has(words)) return
      damage.add(words)
      logger.error('database_damaged', { problem: words })
    },
    health: () => (away === undefined ? { up: true } : { up: false, ...away }),
  }
}
