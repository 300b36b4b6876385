import { mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fail, ok, type Result } from '../domain/result.ts'
import type { OpenProblem } from './adapters/database/open-problem.ts'
import type { DatabaseLocation } from './config/database-location.ts'
import type { Clock } from './ports/clock.ts'
import type { DurableDatabase } from './ports/database.ts'
import type { Logger } from './ports/logger.ts'
import type { StartProblem } from './start-problem.ts'
import { version } from './version.ts'

interface OpenPorts {
  readonly clock: Clock
  readonly logger: Logger
  /** The one folder that is made where it is not there: every other place was named by somebody. */
  readonly dataDir: string
}

/** Opens the database where the settings say it is. Its library is not loaded before it is needed. */
export async function openDatabase(
  location: Exclude<DatabaseLocation, { kind: 'none' }>,
  { clock, logger, dataDir }: OpenPorts,
): Promise<Result<DurableDatabase, StartProblem>> {
  const context = { clock, logger, writtenBy: version }
  if (location.kind === 'postgres') {
    const { openPostgresDatabase } = await import('./adapters/database/open-postgres-database.ts')
    return explained(await openPostgresDatabase(location.url, context))
  }
  const made = makeFolder(location.path, dataDir)
  if (!made.ok) return made
  const { openSqliteDatabase } = await import('./adapters/database/open-sqlite-database.ts')
  return explained(openSqliteDatabase(location.path, context))
}

const explained = (opened: Result<DurableDatabase, OpenProblem>): Result<DurableDatabase, StartProblem> =>
  opened.ok
    ? opened
    : fail({ exitCode: opened.problem.code === 'address' ? 78 : 69, lines: [opened.problem.message] })

function makeFolder(path: string, dataDir: string): Result<undefined, StartProblem> {
  if (dirname(resolve(path)) !== resolve(dataDir)) return ok(undefined)
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    return ok(undefined)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    return fail({
      exitCode: 69,
      lines: [`The folder ${dataDir} cannot be made (${code}). Name another with HIVEWARDEN_DATA_DIR.`],
    })
  }
}
