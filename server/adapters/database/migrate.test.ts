import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openPostgresDatabase } from './open-postgres-database.ts'
import { openSqliteDatabase } from './open-sqlite-database.ts'
import { connect } from './sqlite/connect.ts'
import { openedSqlite } from './testing/opened-sqlite.fixture.ts'
import { emptyPostgres, openedPostgres, statement } from './testing/postgres.fixture.ts'
import { runApart } from './testing/run-apart.fixture.ts'
import { context, scratch } from './testing/scratch.fixture.ts'
import { failingSteps, laterSteps, slowSteps } from './testing/steps.fixture.ts'

const migrator = fileURLToPath(new URL('testing/migrate.fixture.ts', import.meta.url))
const path = async (t: Parameters<typeof scratch>[0]) => join(await scratch(t), 'hivewarden.db')
const later = { ...context, writtenBy: '2.5.0' }
const names = 'SELECT name FROM hivewarden_migrations ORDER BY name'

const message = (opened: ReturnType<typeof openSqliteDatabase>): string =>
  opened.ok ? 'opened' : `${opened.problem.code}: ${opened.problem.message}`

function stepsOf(file: string): readonly unknown[] {
  const connection = connect(file)
  const found = connection.prepare(names).pluck().all()
  connection.close()
  return found
}

describe('migrating a SQLite file', () => {
  it('brings an older one up to date and keeps what it holds', async (t) => {
    const file = await path(t)
    await openedSqlite(file, context).close()
    const database = openedSqlite(file, { ...later, migrations: laterSteps.sqlite })
    assert.deepEqual(await database.health(), { up: true })
    await database.close()
    assert.deepEqual(stepsOf(file), ['0001-policy', '0002-extra'])
  })

  it('refuses a newer one with the version that wrote it', async (t) => {
    const file = await path(t)
    await openedSqlite(file, { ...later, migrations: laterSteps.sqlite }).close()
    assert.match(
      message(openSqliteDatabase(file, context)),
      /^newer: .* was written by Hivewarden 2\.5\.0, which is newer than this 1\.0\.0/,
    )
  })

  it('refuses one that was made with other words', async (t) => {
    const file = await path(t)
    await openedSqlite(file, context).close()
    const connection = connect(file)
    connection.exec(`UPDATE hivewarden_migrations SET sha256 = 'other'`)
    connection.close()
    assert.match(message(openSqliteDatabase(file, context)), /^altered: .*0001-policy/)
  })

  it('applies all steps or none', async (t) => {
    const file = await path(t)
    await openedSqlite(file, context).close()
    const failing = { ...later, migrations: failingSteps.sqlite }
    assert.throws(() => openSqliteDatabase(file, failing), /nothing|syntax/)
    assert.deepEqual(stepsOf(file), ['0001-policy'])
    await openedSqlite(file, context).close()
  })

  it('leaves nothing behind when it is killed in between, and is done anew', async (t) => {
    const file = await path(t)
    await openedSqlite(file, context).close()
    const apart = runApart(t, migrator, ['sqlite', file])
    await pause(500)
    apart.process.kill('SIGKILL')
    await apart.ended()
    const database = openedSqlite(file, { ...later, migrations: slowSteps.sqlite })
    assert.deepEqual(await database.health(), { up: true })
    await database.close()
    assert.deepEqual(stepsOf(file), ['0001-policy', '0002-extra', '0003-slow'])
  })
})

describe('migrating a PostgreSQL database', () => {
  it('brings an older one up to date and keeps what it holds', async (t) => {
    const url = await emptyPostgres(t)
    await (await openedPostgres(url, context)).close()
    const database = await openedPostgres(url, { ...later, migrations: laterSteps.postgres })
    assert.deepEqual(await database.health(), { up: true })
    await database.close()
    assert.deepEqual(await statement(url, names), [{ name: '0001-policy' }, { name: '0002-extra' }])
  })

  it('refuses a newer one with the version that wrote it', async (t) => {
    const url = await emptyPostgres(t)
    await (await openedPostgres(url, { ...later, migrations: laterSteps.postgres })).close()
    assert.match(
      message(await openPostgresDatabase(url, context)),
      /^newer: .* was written by Hivewarden 2\.5\.0, which is newer than this 1\.0\.0/,
    )
  })

  it('refuses one that was made with other words', async (t) => {
    const url = await emptyPostgres(t)
    await (await openedPostgres(url, context)).close()
    await statement(url, `UPDATE hivewarden_migrations SET sha256 = 'other'`)
    assert.match(message(await openPostgresDatabase(url, context)), /^altered: .*0001-policy/)
  })

  it('refuses a database of another program and leaves it as it was', async (t) => {
    const url = await emptyPostgres(t)
    await statement(url, 'CREATE TABLE heads (name TEXT)')
    assert.match(message(await openPostgresDatabase(url, context)), /^foreign: /)
    assert.deepEqual(await statement(url, `SELECT to_regclass('hivewarden_migrations') AS there`), [
      { there: null },
    ])
  })

  it('applies all steps or none', async (t) => {
    const url = await emptyPostgres(t)
    await (await openedPostgres(url, context)).close()
    await assert.rejects(
      openPostgresDatabase(url, { ...later, migrations: failingSteps.postgres }),
      /division by zero/,
    )
    assert.deepEqual(await statement(url, names), [{ name: '0001-policy' }])
  })

  it('is done once by ten replicas that start at once', async (t) => {
    const url = await emptyPostgres(t)
    const replicas = await Promise.all(Array.from({ length: 10 }, () => openedPostgres(url, context)))
    assert.deepEqual(await statement(url, names), [{ name: '0001-policy' }])
    for (const replica of replicas) await replica.close()
  })

  it('is taken over by another replica when the one that does it is killed', async (t) => {
    const url = await emptyPostgres(t)
    const first = runApart(t, migrator, ['postgres', url])
    const busy = `SELECT count(*)::int AS busy FROM pg_stat_activity WHERE query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()`
    while ((await statement(url, busy))[0]?.busy === 0) await pause(20)
    const second = runApart(t, migrator, ['postgres', url])
    first.process.kill('SIGKILL')
    await second.said('opened')
    assert.doesNotMatch(first.output(), /opened/)
    assert.deepEqual((await statement(url, names)).length, 3)
  })
})
