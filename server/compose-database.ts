import { fail, ok, type Result } from '../domain/result.ts'
import type { ManagerOptions } from './compose.ts'
import { composeGovernance, publishOnSchedule } from './compose-governance.ts'
import type { Settings } from './config/settings.ts'
import { openDatabase } from './open-database.ts'
import type { Database } from './ports/database.ts'
import type { Metrics } from './ports/metrics.ts'
import type { StartProblem } from './start-problem.ts'
import { type DatabaseWatch, watchDatabase } from './usecases/overview/watch-database.ts'

export interface OpenedDatabase {
  readonly database: Database
  readonly watch: DatabaseWatch
  close(): Promise<void>
}

/** The database that the settings name, or undefined where they name none. */
export async function composeDatabase(
  settings: Settings,
  { clock, logger, database: given }: ManagerOptions,
  metrics: Metrics,
): Promise<Result<OpenedDatabase | undefined, StartProblem>> {
  const location = settings['database.url']
  let database = given
  if (database === undefined) {
    if (location.kind === 'none') return ok(undefined)
    const opened = await openDatabase(location, { clock, logger, dataDir: settings.dataDir })
    if (!opened.ok) return opened
    database = opened.value
  }
  const served = database
  const watch = await watchDatabase({ database, logger, metrics })
  const endSchedule = publishOnSchedule(composeGovernance(database, clock), logger)
  return ok({
    database,
    watch,
    async close() {
      endSchedule()
      watch.stop()
      await served.close()
    },
  })
}

/** The database was there a moment ago and is not now. */
export const databaseAway: Result<never, StartProblem> = fail({
  exitCode: 69,
  lines: ['The database does not answer. Start the manager again when it does.'],
})
