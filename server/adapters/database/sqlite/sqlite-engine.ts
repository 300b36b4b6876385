import { setTimeout as pause, setImmediate } from 'node:timers/promises'
import { createListeners } from '../../system/listeners.ts'
import type { Availability } from '../availability.ts'
import { readHeads } from '../deed.ts'
import { sqliteDialect } from '../dialect.ts'
import type { Engine, SnapshotPage, Step, Transaction } from '../engine.ts'
import type { RawRow, Statement } from '../statement.ts'
import { connectToRead, type SqliteConnection } from './connect.ts'
import { explainSqliteError } from './explain-sqlite-error.ts'
import { type Prepare, prepareOnce } from './prepare-once.ts'

const POLL = 5000
const SHORT_PAUSE = 20

export interface SqliteEngineParts {
  readonly connection: SqliteConnection
  readonly file: string
  readonly availability: Availability
  /** Called once, around the end of the connection. */
  closing(closeConnection: () => void): void
}

/** Carries a whole transaction out in one tick, so that nothing of this process can come in between. */
export function createSqliteEngine({ connection, file, availability, closing }: SqliteEngineParts): Engine {
  const listeners = createListeners()
  const prepare = prepareOnce(connection)
  const stopPolling = watchDataVersion(connection, () => listeners.tell())
  let snapshots = 0
  let filling = false

  /** `work` answers, or the reason why the file cannot be used is noted. */
  const attempt = <Answer>(work: () => Answer): Answer | 'unavailable' => {
    if (!connection.open) return availability.failed('The database is closed.')
    // It would become a part of the transaction that is under way.
    if (filling) return availability.failed('A backup is being restored.')
    try {
      const answer = work()
      availability.worked()
      return answer
    } catch (error) {
      if (connection.inTransaction) rollBack(connection)
      const reason = explainSqliteError(error, file)
      if (reason === undefined) throw error
      return availability.failed(reason)
    }
  }

  const engine: Engine = {
    dialect: sqliteDialect,
    rows: async (statement) => attempt(() => all(prepare, statement)),
    async atomically(transaction) {
      const outcome = attempt(() => runTransaction(connection, prepare, transaction))
      if (outcome === 'committed') queueMicrotask(() => listeners.tell())
      return outcome
    },
    subscribe: (listener) => listeners.add(listener),
    async fill(emptiness, statements) {
      const begun = attempt(() => {
        connection.exec('BEGIN EXCLUSIVE')
        const found = emptiness.some((statement) => all(prepare, statement).length > 0)
        if (found) connection.exec('ROLLBACK')
        return found ? 'not_empty' : 'empty'
      })
      if (begun !== 'empty') return begun
      filling = true
      try {
        for await (const { sql, params } of statements) prepare(sql).run(...params)
        connection.exec('COMMIT')
        return 'filled'
      } catch (error) {
        if (connection.inTransaction) rollBack(connection)
        const reason = explainSqliteError(error, file)
        if (reason === undefined) throw error
        return availability.failed(reason)
      } finally {
        filling = false
      }
    },
    noteDamage: (words) => availability.noteDamage(words),
    async health() {
      attempt(() => all(prepare, readHeads(sqliteDialect)))
      return availability.health()
    },
    async *snapshot(statements, pageRows) {
      if (!connection.open) throw new Error('the database is closed')
      snapshots += 1
      const reader = connectToRead(file)
      try {
        yield* readSnapshot(reader, statements, pageRows)
      } finally {
        reader.close()
        snapshots -= 1
      }
    },
    async close() {
      while (snapshots > 0) await pause(SHORT_PAUSE)
      if (!connection.open) return
      stopPolling()
      closing(() => void connection.close())
    },
  }
  return engine
}

const all = <Row>(prepare: Prepare, { sql, params, decode }: Statement<Row>): readonly Row[] =>
  prepare(sql)
    .all(...params)
    .map((raw) => decode(raw))

function runTransaction<Row, Otherwise extends string>(
  connection: SqliteConnection,
  prepare: Prepare,
  { lock, plan }: Transaction<Row, Otherwise>,
): 'committed' | Otherwise | 'unavailable' {
  connection.exec('BEGIN IMMEDIATE')
  const [locked] = all(prepare, lock)
  const planned = locked === undefined ? 'unavailable' : plan(locked)
  const outcome = typeof planned === 'string' ? planned : runSteps(prepare, planned)
  connection.exec(outcome === 'committed' ? 'COMMIT' : 'ROLLBACK')
  return outcome
}

function runSteps<Otherwise extends string>(
  prepare: Prepare,
  steps: readonly Step<Otherwise>[],
): 'committed' | Otherwise {
  for (const { statement, otherwise } of steps) {
    const prepared = prepare(statement.sql)
    const touched = prepared.reader
      ? prepared.all(...statement.params).length
      : prepared.run(...statement.params).changes
    if (touched === 1 || otherwise === 'any') continue
    if (otherwise === 'bug') throw new TypeError(`a statement touched ${touched} rows: ${statement.sql}`)
    return otherwise
  }
  return 'committed'
}

/** A full disk may have rolled back by itself; what it left is rolled back here, and must not hide the cause. */
function rollBack(connection: SqliteConnection): void {
  try {
    connection.exec('ROLLBACK')
  } catch {
    // The cause is on its way to the caller.
  }
}

/** Reads as of one moment, in pages, so that others have their turn between them. */
async function* readSnapshot(
  reader: SqliteConnection,
  statements: readonly Statement[],
  pageRows: number,
): AsyncGenerator<SnapshotPage> {
  reader.exec('BEGIN')
  for (const [index, { sql, params }] of statements.entries()) {
    let rows: RawRow[] = []
    for (const row of reader.prepare<unknown[], RawRow>(sql).iterate(...params)) {
      rows.push(row)
      if (rows.length < pageRows) continue
      yield { index, rows }
      rows = []
      await setImmediate()
    }
    if (rows.length > 0) yield { index, rows }
  }
}

/** Notices what another program wrote into the file. Returns how to stop. */
function watchDataVersion(connection: SqliteConnection, onChange: () => void): () => void {
  const read = (): unknown => connection.pragma('data_version', { simple: true })
  let known = read()
  const timer = setInterval(() => {
    try {
      const found = read()
      if (found === known) return
      known = found
      onChange()
    } catch {
      // A file that cannot be read is told of by those who need it.
    }
  }, POLL)
  timer.unref()
  return () => clearInterval(timer)
}
