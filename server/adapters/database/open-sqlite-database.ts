import { ok, type Result } from '../../../domain/result.ts'
import type { DurableDatabase } from '../../ports/database.ts'
import { assembleDatabase } from './assemble-database.ts'
import type { OpenContext } from './open-context.ts'
import type { OpenProblem } from './open-problem.ts'
import { openSqlite } from './sqlite/open-sqlite.ts'
import { sqliteMigrations } from './sqlite/sqlite-migrations.ts'

/** The database in a file of this machine, for one process at a time. */
export function openSqliteDatabase(path: string, context: OpenContext): Result<DurableDatabase, OpenProblem> {
  const opened = openSqlite(path, context)
  if (!opened.ok) return opened
  const { migrations = sqliteMigrations } = context
  return ok(assembleDatabase({ engine: opened.value, place: path, migrations }, context))
}
