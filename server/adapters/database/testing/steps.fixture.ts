import type { Migration } from '../migration.ts'
import { postgresMigrations } from '../postgres/postgres-migrations.ts'
import { sqliteMigrations } from '../sqlite/sqlite-migrations.ts'

const table: Migration = { name: '0002-extra', sql: 'CREATE TABLE extra (word TEXT NOT NULL)' }

/** A later version of the program, which has a step more. */
export const laterSteps = {
  sqlite: [...sqliteMigrations, table],
  postgres: [...postgresMigrations, table],
}

/** One whose last step fails after it has done something. */
export const failingSteps = {
  sqlite: [...laterSteps.sqlite, { name: '0003-broken', sql: 'DELETE FROM heads; SELECT FROM nothing' }],
  postgres: [...laterSteps.postgres, { name: '0003-broken', sql: 'DELETE FROM heads; SELECT 1 / 0' }],
}

const count = 'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500000)'

/** One whose last step takes about a second. */
export const slowSteps = {
  sqlite: [
    ...laterSteps.sqlite,
    { name: '0003-slow', sql: `INSERT INTO extra ${count} SELECT max(i) FROM n; DELETE FROM extra` },
  ],
  postgres: [...laterSteps.postgres, { name: '0003-slow', sql: 'SELECT pg_sleep(0.7)' }],
}
