import type { Database, DatabaseHealth } from '../../ports/database.ts'
import type { Logger } from '../../ports/logger.ts'
import type { Metrics } from '../../ports/metrics.ts'

interface WatchDependencies {
  readonly database: Pick<Database, 'health' | 'feed'>
  readonly logger: Logger
  readonly metrics: Metrics
  readonly everyMilliseconds?: number
}

export interface DatabaseWatch {
  /** As it was when it was last asked. Never waits. */
  state(): DatabaseHealth
  look(): Promise<void>
  stop(): void
}

/** Knows whether the database answers, so that whoever asks for the health of the manager does not wait for it. */
export async function watchDatabase(dependencies: WatchDependencies): Promise<DatabaseWatch> {
  const { database, logger } = dependencies
  const up = dependencies.metrics.gauge(
    'hivewarden_database_up',
    '1 while the database answers; envelopes are served from memory while it does not.',
  )
  let state: DatabaseHealth = { up: true }
  let asking: Promise<void> | undefined

  const ask = async (): Promise<void> => {
    const before = state
    const now = await database.health()
    state = now
    up.set(now.up ? 1 : 0)
    if (now.up && !before.up) logger.info('database_back')
    if (!now.up && before.up) logger.error('database_away', { reason: now.reason })
  }
  const look = (): Promise<void> => {
    asking ??= ask().finally(() => {
      asking = undefined
    })
    return asking
  }

  const timer = setInterval(() => void look(), dependencies.everyMilliseconds ?? 1000)
  const unsubscribe = database.feed.subscribe(() => void look())
  await look()
  return {
    state: () => state,
    look,
    stop() {
      clearInterval(timer)
      unsubscribe()
    },
  }
}
