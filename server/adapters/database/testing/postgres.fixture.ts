import { randomBytes } from 'node:crypto'
import type { TestContext } from 'node:test'
import { Client } from 'pg'
import { startPostgres } from '../../../../tools/postgres/start-postgres.ts'
import type { DurableDatabase } from '../../../ports/database.ts'
import type { OpenContext } from '../open-context.ts'
import { openPostgresDatabase } from '../open-postgres-database.ts'

let own: Promise<string> | undefined

/** The server of the test run; a test file that is run by itself starts one of its own. */
function serverUrl(): Promise<string> {
  const given = process.env.TEST_POSTGRES_URL
  if (given !== undefined) return Promise.resolve(given)
  own ??= startPostgres().then(({ url }) => url)
  return own
}

/** Makes an empty database, which is gone after the test, and answers with its address. */
export async function emptyPostgres(t: Pick<TestContext, 'after'>, server?: string): Promise<string> {
  const url = server ?? (await serverUrl())
  const name = `test_${randomBytes(8).toString('hex')}`
  await statement(url, `CREATE DATABASE ${name}`)
  t.after(() => statement(url, `DROP DATABASE ${name} WITH (FORCE)`))
  return Object.assign(new URL(url), { pathname: `/${name}` }).href
}

export async function statement(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql)
    return rows
  } finally {
    await client.end()
  }
}

export async function openedPostgres(url: string, context: OpenContext): Promise<DurableDatabase> {
  const opened = await openPostgresDatabase(url, context)
  if (!opened.ok) throw new Error(opened.problem.message)
  return opened.value
}
