import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { getTableColumns, getTableName } from 'drizzle-orm'
import { postgresTables as postgres } from './postgres/schema.ts'
import { connect } from './sqlite/connect.ts'
import { sqliteTables as sqlite } from './sqlite/schema.ts'
import { sqliteMigrations } from './sqlite/sqlite-migrations.ts'
import { emptyPostgres, openedPostgres, statement } from './testing/postgres.fixture.ts'
import { context, scratch } from './testing/scratch.fixture.ts'

type Tables = typeof sqlite
type Same<One, Other> = [One] extends [Other] ? ([Other] extends [One] ? true : never) : never
type AnyTables = Readonly<Record<string, { readonly $inferSelect: object }>>
type RowsOf<Given extends AnyTables> = { [Name in keyof Given]: Given[Name]['$inferSelect'] }

/** The compiler refuses this where a row of one database is not a row of the other. */
const sameRows: Same<RowsOf<typeof sqlite>, RowsOf<typeof postgres>> = true

interface Column {
  readonly table: string
  readonly name: string
  readonly required: boolean
}

const inOrder = (columns: readonly Column[]) =>
  columns.map(({ table, name, required }) => `${table}.${name}${required ? ' required' : ''}`).toSorted()

const described = (tables: Record<string, Tables[keyof Tables] | (typeof postgres)[keyof typeof postgres]>) =>
  inOrder(
    Object.values(tables).flatMap((table) =>
      Object.values(getTableColumns(table)).map(({ name, notNull: required }) => ({
        table: getTableName(table),
        name,
        required,
      })),
    ),
  )

describe('the two schemas', () => {
  it('have the same tables, columns and rows', () => {
    assert.equal(sameRows, true)
    assert.deepEqual(described(sqlite), described(postgres))
  })

  it('describe what the migrations of SQLite make', async (t) => {
    const connection = connect(`${await scratch(t)}/x.db`)
    for (const { sql } of sqliteMigrations) connection.exec(sql)
    const found = connection
      .prepare<[], { table: string; name: string; required: number }>(
        `SELECT t.name AS "table", c.name, c."notnull" AS required
           FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table'`,
      )
      .all()
    connection.close()
    const { schemaMigrations: _, ...tables } = sqlite
    assert.deepEqual(
      inOrder(found.map((column) => ({ ...column, required: column.required === 1 }))),
      described(tables),
    )
  })

  it('describe what the migrations of PostgreSQL make', async (t) => {
    const url = await emptyPostgres(t)
    await (await openedPostgres(url, context)).close()
    const found = await statement(
      url,
      `SELECT table_name AS "table", column_name AS name, is_nullable = 'NO' AS required
         FROM information_schema.columns WHERE table_schema = 'public'`,
    )
    const columns = found.map(({ table, name, required }) => ({
      table: String(table),
      name: String(name),
      required: required === true,
    }))
    assert.deepEqual(inOrder(columns), described(postgres))
  })
})
