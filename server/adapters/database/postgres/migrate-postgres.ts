import { asc, getTableColumns } from 'drizzle-orm'
import type { Client } from 'pg'
import { ok, type Result } from '../../../../domain/result.ts'
import { sha256 } from '../../system/sha256.ts'
import { postgresDialect } from '../dialect.ts'
import { type AppliedMigration, type Migration, type MigrationProblem, planMigrations } from '../migration.ts'
import { asking, doing, type RawRow } from '../statement.ts'

const { build, tables } = postgresDialect
const { schemaMigrations } = tables

/** Any number, as long as every version of this program takes the same. */
const LOCK = 7_241_996_305_118

const journal = `CREATE TABLE hivewarden_migrations (
  name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  sha256 TEXT NOT NULL,
  applied_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
  written_by TEXT NOT NULL
)`

export interface PostgresMigrationRun {
  readonly migrations: readonly Migration[]
  readonly now: number
  /** The version of this program. */
  readonly writtenBy: string
}

/** All steps that are missing or none: they are one transaction. Replicas that start at once take turns. */
export async function migratePostgres(
  client: Client,
  run: PostgresMigrationRun,
): Promise<Result<undefined, MigrationProblem>> {
  await client.query('BEGIN')
  try {
    await client.query(`SET LOCAL lock_timeout = '60s'; SET LOCAL statement_timeout = 0`)
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK])
    const pending = planMigrations(run.migrations, await applied(client))
    if (!pending.ok) {
      await client.query('ROLLBACK')
      return pending
    }
    await applyAll(client, pending.value, run)
    const after = planMigrations(run.migrations, await applied(client))
    await client.query('COMMIT')
    return after.ok ? ok(undefined) : after
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  }
}

async function applyAll(
  client: Client,
  pending: readonly Migration[],
  { now, writtenBy }: PostgresMigrationRun,
): Promise<void> {
  if (pending.length > 0 && !(await hasJournal(client))) await client.query(journal)
  for (const { name, sql } of pending) {
    await client.query(sql)
    const row = { name, sha256: sha256(sql), appliedAt: now, writtenBy }
    const record = doing(build.insert(schemaMigrations).values(row))
    await client.query(record.sql, [...record.params])
  }
}

async function applied(client: Client): Promise<readonly AppliedMigration[]> {
  if (!(await hasJournal(client))) return []
  const all = build.select().from(schemaMigrations).orderBy(asc(schemaMigrations.name))
  const statement = asking(getTableColumns(schemaMigrations), all)
  const { rows } = await client.query<RawRow>(statement.sql, [...statement.params])
  return rows.map(statement.decode)
}

async function hasJournal(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean }>(
    `SELECT to_regclass('hivewarden_migrations') IS NOT NULL AS there`,
  )
  return rows[0]?.there === true
}
