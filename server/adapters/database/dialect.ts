import { drizzle as drizzlePostgres } from 'drizzle-orm/pg-proxy'
import { drizzle as drizzleSqlite } from 'drizzle-orm/sqlite-proxy'
import { postgresTables } from './postgres/schema.ts'
import { sqliteTables } from './sqlite/schema.ts'

const onlyBuilds = (): never => {
  throw new TypeError('this builds statements; a driver carries them out')
}

const sqliteBuilder = drizzleSqlite(onlyBuilds)

/** What the stores are written against, once for both databases. */
export interface Dialect {
  readonly build: typeof sqliteBuilder
  readonly tables: typeof sqliteTables
}

export const sqliteDialect: Dialect = { build: sqliteBuilder, tables: sqliteTables }

/**
 * The one place where PostgreSQL passes for SQLite. The parity test holds the tables to the same rows, the contracts
 * hold the statements to the same outcomes.
 */
export const postgresDialect: Dialect = {
  build: drizzlePostgres(onlyBuilds) as unknown as Dialect['build'],
  tables: postgresTables as unknown as Dialect['tables'],
}
