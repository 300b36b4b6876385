import type { PoolClient } from 'pg'
import type { Step, Transaction } from '../engine.ts'
import type { RawRow, Statement } from '../statement.ts'
import { ServerRefused } from './explain-postgres-error.ts'
import { CHANNEL } from './listen.ts'

/** The connection broke between asking for the commit and hearing of it. */
export class CommitInDoubt extends Error {
  /** The number of the transaction. */
  readonly transaction: string

  constructor(transaction: string, cause: unknown) {
    super('nobody knows whether the transaction was committed', { cause })
    this.name = 'CommitInDoubt'
    this.transaction = transaction
  }
}

export async function runTransaction<Row, Otherwise extends string>(
  client: PoolClient,
  { lock, plan }: Transaction<Row, Otherwise>,
): Promise<'committed' | Otherwise> {
  await client.query('BEGIN')
  const { rows } = await send(client, lock)
  const [locked] = rows.map((raw) => lock.decode(raw))
  if (locked === undefined)
    throw new ServerRefused('a record that must be there is missing. Restore a backup')
  const planned = plan(locked)
  const outcome = typeof planned === 'string' ? planned : await runSteps(client, planned)
  if (outcome !== 'committed') {
    await client.query('ROLLBACK')
    return outcome
  }
  // The notice is delivered with the commit or not at all.
  const { rows: numbered } = await client.query<{ id: string }>(
    'SELECT pg_notify($1, $2), pg_current_xact_id()::text AS id',
    [CHANNEL, ''],
  )
  try {
    await client.query('COMMIT')
  } catch (error) {
    throw new CommitInDoubt(numbered[0]?.id ?? '', error)
  }
  return 'committed'
}

async function runSteps<Otherwise extends string>(
  client: PoolClient,
  steps: readonly Step<Otherwise>[],
): Promise<'committed' | Otherwise> {
  for (const { statement, otherwise } of steps) {
    const { rowCount } = await send(client, statement)
    if (rowCount === 1 || otherwise === 'any') continue
    if (otherwise === 'bug') throw new TypeError(`a statement touched ${rowCount} rows: ${statement.sql}`)
    return otherwise
  }
  return 'committed'
}

/** Whether a transaction took place; undefined while it is still under way, or when the server cannot tell. */
export async function wasCommitted(
  client: PoolClient,
  { transaction }: CommitInDoubt,
): Promise<boolean | undefined> {
  const { rows } = await client.query<{ status: string | null }>(
    'SELECT pg_xact_status($1::xid8) AS status',
    [transaction],
  )
  const status = rows[0]?.status
  return status === 'committed' ? true : status === 'aborted' ? false : undefined
}

/** Everything or nothing, into tables that are empty and that nobody else can write to meanwhile. */
export async function fillTables(
  client: PoolClient,
  emptiness: readonly Statement[],
  statements: AsyncIterable<Statement>,
): Promise<'filled' | 'not_empty'> {
  await client.query('BEGIN')
  await client.query(`SET LOCAL idle_in_transaction_session_timeout = '10min'`)
  await client.query('LOCK TABLE heads IN EXCLUSIVE MODE')
  for (const statement of emptiness) {
    const { rowCount } = await send(client, statement)
    if (rowCount === 0) continue
    await client.query('ROLLBACK')
    return 'not_empty'
  }
  for await (const statement of statements) await send(client, statement)
  await client.query('SELECT pg_notify($1, $2)', [CHANNEL, ''])
  await client.query('COMMIT')
  return 'filled'
}

const send = (client: PoolClient, { sql, params }: Statement) => client.query<RawRow>(sql, [...params])
