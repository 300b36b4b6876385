import { type ClientBase, type ClientConfig, Pool } from 'pg'
import { ServerRefused } from './explain-postgres-error.ts'
import type { PostgresAddress } from './postgres-address.ts'

/** Milliseconds. The last is ours: a frozen server keeps no time. */
export interface PostgresPatience {
  readonly connect: number
  readonly statement: number
  readonly lock: number
  readonly idleInTransaction: number
  readonly answer: number
}

export const usualPatience: PostgresPatience = {
  connect: 5_000,
  statement: 10_000,
  lock: 5_000,
  idleInTransaction: 10_000,
  answer: 15_000,
}

const MOST_CONNECTIONS = 10
/** The first that can tell whether a given transaction was committed. */
const OLDEST_VERSION = 130_000

export const clientConfig = (
  { host, port, user, password, database, ssl }: PostgresAddress,
  patience: PostgresPatience,
): ClientConfig => ({
  host,
  port,
  user,
  ...(password === undefined ? {} : { password }),
  database,
  ssl,
  application_name: 'hivewarden',
  keepAlive: true,
  connectionTimeoutMillis: patience.connect,
  statement_timeout: patience.statement,
  lock_timeout: patience.lock,
  idle_in_transaction_session_timeout: patience.idleInTransaction,
  query_timeout: patience.answer,
})

export function createPostgresPool(address: PostgresAddress, patience: PostgresPatience): Pool {
  const pool = new Pool({
    ...clientConfig(address, patience),
    max: MOST_CONNECTIONS,
    idleTimeoutMillis: 30_000,
    maxLifetimeSeconds: 3600,
    verify: (client: ClientBase, done: (error?: Error) => void) => {
      checkServer(client).then(() => done(), done)
    },
  })
  // A connection that breaks is told of where it is used. Without a listener it would end the process.
  const ignore = (): void => undefined
  pool.on('error', ignore)
  pool.on('connect', (client) => client.on('error', ignore))
  return pool
}

interface ServerFacts {
  readonly replica: boolean
  readonly encoding: string
  readonly commit: string
  readonly version: number
}

/** Stops decisions on a replica, which lags, and publishes that are acknowledged before they are on a disk. */
export async function checkServer(client: ClientBase): Promise<void> {
  const { rows } = await client.query<ServerFacts>(
    `SELECT pg_is_in_recovery() AS replica,
            current_setting('server_encoding') AS encoding,
            current_setting('synchronous_commit') AS commit,
            current_setting('server_version_num')::int AS version`,
  )
  const [facts] = rows
  if (facts?.replica !== false) throw new ServerRefused('it is a read-only replica. Name the primary server')
  if (facts.version < OLDEST_VERSION) throw new ServerRefused('it is older than PostgreSQL 13')
  if (facts.encoding !== 'UTF8')
    throw new ServerRefused(`its encoding is ${facts.encoding} where UTF8 is needed`)
  if (facts.commit === 'off') await client.query('SET synchronous_commit = on')
}
