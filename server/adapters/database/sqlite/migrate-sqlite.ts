import { asc, getTableColumns } from 'drizzle-orm'
import { ok, type Result } from '../../../../domain/result.ts'
import { sha256 } from '../../system/sha256.ts'
import { sqliteDialect } from '../dialect.ts'
import { type AppliedMigration, type Migration, type MigrationProblem, planMigrations } from '../migration.ts'
import { asking, doing, type RawRow } from '../statement.ts'
import type { SqliteConnection } from './connect.ts'

const { build, tables } = sqliteDialect
const { schemaMigrations } = tables

const journal = `CREATE TABLE IF NOT EXISTS hivewarden_migrations (
  name TEXT NOT NULL PRIMARY KEY,
  sha256 TEXT NOT NULL,
  applied_at INTEGER NOT NULL,
  written_by TEXT NOT NULL
) STRICT`

export interface MigrationRun {
  readonly migrations: readonly Migration[]
  readonly now: number
  /** The version of this program. */
  readonly writtenBy: string
}

/** Whether the file holds tables of someone else. */
export function isForeign(connection: SqliteConnection): boolean {
  const names = connection
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`)
    .pluck()
    .all()
  return names.length > 0 && !names.includes('hivewarden_migrations')
}

/** All steps that are missing or none: they are one transaction, which also keeps others out. */
export function migrateSqlite(
  connection: SqliteConnection,
  { migrations, now, writtenBy }: MigrationRun,
): Result<undefined, MigrationProblem> {
  connection.exec('BEGIN EXCLUSIVE')
  try {
    connection.exec(journal)
    const pending = planMigrations(migrations, applied(connection))
    if (!pending.ok) {
      connection.exec('ROLLBACK')
      return pending
    }
    for (const { name, sql } of pending.value) {
      connection.exec(sql)
      const row = { name, sha256: sha256(sql), appliedAt: now, writtenBy }
      const record = doing(build.insert(schemaMigrations).values(row))
      connection.prepare(record.sql).run(...record.params)
    }
    connection.exec('COMMIT')
    return compare(migrations, applied(connection))
  } catch (error) {
    if (connection.inTransaction) connection.exec('ROLLBACK')
    throw error
  }
}

function applied(connection: SqliteConnection): readonly AppliedMigration[] {
  const all = build.select().from(schemaMigrations).orderBy(asc(schemaMigrations.name))
  const statement = asking(getTableColumns(schemaMigrations), all)
  const rows = connection.prepare<unknown[], RawRow>(statement.sql).all(...statement.params)
  return rows.map(statement.decode)
}

/** What is there now must be what this program has, to the last step. */
function compare(
  migrations: readonly Migration[],
  found: readonly AppliedMigration[],
): Result<undefined, MigrationProblem> {
  const plan = planMigrations(migrations, found)
  return plan.ok ? ok(undefined) : plan
}
