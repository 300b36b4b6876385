import type { Pool } from 'pg'
import type { SnapshotPage } from '../engine.ts'
import type { RawRow, Statement } from '../statement.ts'

/** Reads as of one moment, through cursors, so that no more than a page of it is ever in memory. */
export async function* readPostgresSnapshot(
  pool: Pool,
  statements: readonly Statement[],
  pageRows: number,
): AsyncGenerator<SnapshotPage> {
  const client = await pool.connect()
  let broken: unknown
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    // Whoever takes the pages may be slow.
    await client.query(`SET LOCAL idle_in_transaction_session_timeout = '10min'`)
    for (const [index, { sql, params }] of statements.entries()) {
      await client.query(`DECLARE pages CURSOR FOR ${sql}`, [...params])
      for (;;) {
        const { rows } = await client.query<RawRow>(`FETCH ${pageRows} FROM pages`)
        if (rows.length === 0) break
        yield { index, rows }
      }
      await client.query('CLOSE pages')
    }
    await client.query('ROLLBACK')
  } catch (error) {
    broken = error
    throw error
  } finally {
    client.release(broken !== undefined)
  }
}
