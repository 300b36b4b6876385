import { closeSync, existsSync, openSync, realpathSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fail, ok, type Result } from '../../../../domain/result.ts'
import { trackAvailability } from '../availability.ts'
import type { Engine } from '../engine.ts'
import type { OpenContext } from '../open-context.ts'
import { describeMigrationProblem, foreignProblem, type OpenProblem } from '../open-problem.ts'
import { assertSettings, connect, SettingRefused, type SqliteConnection } from './connect.ts'
import { explainSqliteError } from './explain-sqlite-error.ts'
import { type Hold, type HoldProblem, holdFile } from './hold-file.ts'
import { isForeign, migrateSqlite } from './migrate-sqlite.ts'
import { createSqliteEngine } from './sqlite-engine.ts'
import { sqliteMigrations } from './sqlite-migrations.ts'

/** Opens a SQLite file, makes it if it is not there, and holds it for this process until it is closed. */
export function openSqlite(path: string, context: OpenContext): Result<Engine, OpenProblem> {
  const place = resolve(path)
  const folder = statSync(dirname(place), { throwIfNoEntry: false })
  if (folder?.isDirectory() !== true) {
    return fail({
      code: 'not_found',
      message: `There is no folder ${dirname(place)}. Make it, or name another file.`,
    })
  }
  const there = statSync(place, { throwIfNoEntry: false })
  if (there?.isFile() === false) {
    return fail({
      code: 'not_a_database',
      message: `${place} is no file. Name a file in a folder that is there.`,
    })
  }
  try {
    return openFile(place, context)
  } catch (error) {
    const problem = openingProblem(error, place)
    if (problem === undefined) throw error
    return fail(problem)
  }
}

function openFile(place: string, context: OpenContext): Result<Engine, OpenProblem> {
  // Policies and sealed keys are nobody else's business; the log and the index take over the rights of the file.
  if (!existsSync(place)) closeSync(openSync(place, 'a', 0o600))
  // Two names of one file must meet at one lock.
  const file = realpathSync(place)
  const held = holdFile(file)
  if (!held.ok) return fail(describeHoldProblem(held.problem, file))
  const hold = held.value
  let connection: SqliteConnection | undefined
  const abandon = (): void => {
    connection?.close()
    hold.release()
  }
  try {
    connection = connect(file)
    const opened = prepare(connection, file, context)
    if (opened.ok) return ok(toEngine(connection, file, hold, context))
    abandon()
    return opened
  } catch (error) {
    abandon()
    throw error
  }
}

function prepare(
  connection: SqliteConnection,
  file: string,
  { clock, writtenBy, migrations = sqliteMigrations }: OpenContext,
): Result<undefined, OpenProblem> {
  if (isForeign(connection)) return fail(foreignProblem(file))
  const migrated = migrateSqlite(connection, { migrations, now: clock.now(), writtenBy })
  if (!migrated.ok) return fail(describeMigrationProblem(migrated.problem, file, writtenBy))
  // Once more: the first write is what made a connection forget them.
  assertSettings(connection)
  return ok(undefined)
}

function toEngine(
  connection: SqliteConnection,
  file: string,
  hold: Hold,
  { clock, logger }: OpenContext,
): Engine {
  hold.sign(clock.now())
  return createSqliteEngine({
    connection,
    file,
    availability: trackAvailability(clock, logger),
    closing(closeConnection) {
      hold.resign()
      closeConnection()
      hold.release()
    },
  })
}

function describeHoldProblem(problem: HoldProblem, file: string): OpenProblem {
  if (problem.code === 'log_missing') {
    return {
      code: 'not_a_database',
      message: `The write-ahead log ${file}-wal is missing, though the manager did not stop in good order. What was published last may be lost. Put the log back or restore a backup. To go on without it, remove ${problem.mark}.`,
    }
  }
  const { pid, since } = problem
  const holder =
    pid === undefined ? 'another process' : `process ${pid}${since === undefined ? '' : ` since ${since}`}`
  return {
    code: 'in_use',
    message: `${file} is in use by ${holder}. Stop it first: one process at a time may use a SQLite file. Several replicas need PostgreSQL.`,
  }
}

function openingProblem(error: unknown, file: string): OpenProblem | undefined {
  if (error instanceof SettingRefused) {
    return {
      code: 'refused',
      message: `${error.message} in ${file}. Keep the file on a local disk, not on a network share.`,
    }
  }
  const message = explainSqliteError(error, file)
  if (message !== undefined) return { code: isDamage(error) ? 'not_a_database' : 'not_writable', message }
  if (error instanceof Error && 'syscall' in error) {
    return { code: 'not_writable', message: `${file} cannot be opened: ${error.message}.` }
  }
  return undefined
}

const isDamage = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /NOTADB|CORRUPT/.test(String(error.code))
