import type { Statement } from 'better-sqlite3'
import type { RawRow } from '../statement.ts'
import type { SqliteConnection } from './connect.ts'

export type Prepare = (sql: string) => Statement<unknown[], RawRow>

/** More than the stores have; a backup adds one for each table. */
const MOST_STATEMENTS = 200

/** Keeps what was prepared: it holds memory outside of what the garbage collector sees, which piles up otherwise. */
export function prepareOnce(connection: SqliteConnection): Prepare {
  const prepared = new Map<string, Statement<unknown[], RawRow>>()
  return (sql) => {
    const known = prepared.get(sql)
    if (known !== undefined) return known
    if (prepared.size >= MOST_STATEMENTS) prepared.clear()
    const fresh = connection.prepare<unknown[], RawRow>(sql)
    prepared.set(sql, fresh)
    return fresh
  }
}
