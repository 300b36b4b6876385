import { setTimeout as pause } from 'node:timers/promises'
import type { Pool, PoolClient } from 'pg'
import { createListeners } from '../../system/listeners.ts'
import type { Availability } from '../availability.ts'
import { readHeads } from '../deed.ts'
import { postgresDialect } from '../dialect.ts'
import type { Engine } from '../engine.ts'
import type { RawRow } from '../statement.ts'
import { explainPostgresError, isSerializationFailure } from './explain-postgres-error.ts'
import { CommitInDoubt, fillTables, runTransaction, wasCommitted } from './postgres-transaction.ts'
import { readPostgresSnapshot } from './read-postgres-snapshot.ts'

const POLL = 5_000
const MOST_ATTEMPTS = 5
const LONGEST_JITTER = 50
const DOUBT_PAUSES = [100, 500, 2_000]

export interface PostgresEngineParts {
  readonly pool: Pool
  readonly place: string
  readonly availability: Availability
  /** Calls back when another replica may have committed something. Returns how to stop. */
  listen(onNews: () => void): () => Promise<void>
}

export function createPostgresEngine({ pool, place, availability, listen }: PostgresEngineParts): Engine {
  const listeners = createListeners()
  let closed = false

  const attempt = async <Answer>(work: () => Promise<Answer>): Promise<Answer | 'unavailable'> => {
    if (closed) return availability.failed('The database is closed.')
    try {
      const answer = await work()
      availability.worked()
      return answer
    } catch (error) {
      const reason = explainPostgresError(error, place)
      if (reason === undefined) throw error
      return availability.failed(reason)
    }
  }

  const engine: Engine = {
    dialect: postgresDialect,
    rows: ({ sql, params, decode }) =>
      attempt(async () => {
        const { rows } = await pool.query<RawRow>(sql, [...params])
        return rows.map((raw) => decode(raw))
      }),
    async atomically(transaction) {
      const outcome = await attempt(() =>
        settlingDoubt(pool, () =>
          withRetries(() => withClient(pool, (client) => runTransaction(client, transaction))),
        ),
      )
      if (outcome === 'committed') queueMicrotask(() => listeners.tell())
      return outcome
    },
    subscribe: (listener) => listeners.add(listener),
    fill: (emptiness, statements) =>
      attempt(() => withClient(pool, (client) => fillTables(client, emptiness, statements))),
    noteDamage: (words) => availability.noteDamage(words),
    async health() {
      await engine.rows(readHeads(postgresDialect))
      return availability.health()
    },
    snapshot: (statements, pageRows) => readPostgresSnapshot(pool, statements, pageRows),
    async close() {
      if (closed) return
      closed = true
      clearInterval(timer)
      await stopListening()
      await pool.end()
    },
  }
  const stopListening = listen(() => listeners.tell())
  const timer = setInterval(
    watchHeads(engine, () => listeners.tell()),
    POLL,
  )
  timer.unref()
  return engine
}

/** Stands under the notices, which a broken connection swallows. */
function watchHeads(engine: Engine, onChange: () => void): () => void {
  let known: number | undefined
  let asking = false
  return () => {
    if (asking) return
    asking = true
    const look = async (): Promise<void> => {
      const heads = await engine.rows(readHeads(engine.dialect))
      const found = heads === 'unavailable' ? known : heads[0]?.auditSequence
      if (known !== undefined && found !== known) onChange()
      known = found
    }
    look()
      // What keeps the database from answering is told of where somebody needs it.
      .catch(() => undefined)
      .finally(() => {
        asking = false
      })
  }
}

/** Two transactions may meet in a way that neither can go on; nothing else is ever tried again by itself. */
async function withRetries<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await work()
    } catch (error) {
      if (!isSerializationFailure(error) || attempts === MOST_ATTEMPTS) throw error
      await pause(Math.random() * LONGEST_JITTER * attempts)
    }
  }
}

/** Asks whether a commit took place whose answer never came. */
async function settlingDoubt<Answer>(pool: Pool, work: () => Promise<Answer>): Promise<Answer | 'committed'> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof CommitInDoubt)) throw error
    for (const wait of DOUBT_PAUSES) {
      await pause(wait)
      const found = await withClient(pool, (client) => wasCommitted(client, error)).catch(() => undefined)
      if (found === true) return 'committed'
      if (found === false) break
    }
    throw error.cause
  }
}

/** A connection on which something failed is closed, for nobody knows what it still has in hand. */
async function withClient<Answer>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Answer>,
): Promise<Answer> {
  const client = await pool.connect()
  try {
    const answer = await work(client)
    client.release()
    return answer
  } catch (error) {
    client.release(true)
    throw error
  }
}
