import assert from 'node:assert/strict'
import { chmod, copyFile, mkdir, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import { exported } from '../contracts/samples.fixture.ts'
import { openSqliteDatabase } from '../open-sqlite-database.ts'
import { openedSqlite } from '../testing/opened-sqlite.fixture.ts'
import { runApart } from '../testing/run-apart.fixture.ts'
import { context, scratch } from '../testing/scratch.fixture.ts'
import { connect } from './connect.ts'

const holder = fileURLToPath(new URL('../testing/hold-sqlite.fixture.ts', import.meta.url))

const refusal = (file: string): string => {
  const opened = openSqliteDatabase(file, context)
  assert.equal(opened.ok, false)
  return opened.ok ? '' : `${opened.problem.code}: ${opened.problem.message}`
}

const path = async (t: Parameters<typeof scratch>[0]) => join(await scratch(t), 'hivewarden.db')

describe('a connection to a SQLite file', () => {
  const settings = [
    'journal_mode',
    'synchronous',
    'busy_timeout',
    'foreign_keys',
    'trusted_schema',
    'cell_size_check',
  ]
  const wanted = ['wal', 2, 5000, 1, 0, 1]
  const read = (connection: ReturnType<typeof connect>) =>
    settings.map((name) => connection.pragma(name, { simple: true }))

  it('is durable and strict, also after a write and when it is opened again', async (t) => {
    const file = await path(t)
    const first = connect(file)
    assert.deepEqual(read(first), wanted)
    first.exec('CREATE TABLE a (b)')
    assert.deepEqual(read(first), wanted)
    first.close()
    const second = connect(file)
    second.exec('INSERT INTO a VALUES (1)')
    assert.deepEqual(read(second), wanted)
    second.close()
  })
})

describe('opening a SQLite file', () => {
  it('makes a file for its owner alone, with its log', async (t) => {
    const file = await path(t)
    const database = openedSqlite(file, context)
    for (const name of [file, `${file}-wal`]) assert.equal((await stat(name)).mode & 0o777, 0o600)
    await database.close()
  })

  it('finds what was there before it was closed', async (t) => {
    const file = await path(t)
    const first = openedSqlite(file, context)
    await first.audit.append(exported)
    await first.close()
    const second = openedSqlite(file, context)
    const head = await second.audit.head()
    assert.equal(head !== 'unavailable' && head?.sequence, 1)
    await second.close()
  })

  it('leaves nothing but the file and its lock behind', async (t) => {
    const folder = await scratch(t)
    const database = openedSqlite(join(folder, 'x.db'), context)
    await database.audit.append(exported)
    await database.close()
    assert.deepEqual((await readdir(folder)).toSorted(), ['x.db', 'x.db-lock'])
  })

  it('refuses a folder that is not there', async (t) => {
    assert.match(
      refusal(join(await scratch(t), 'missing', 'x.db')),
      /^not_found: There is no folder .*missing\./,
    )
  })

  it('refuses a folder in the place of a file', async (t) => {
    assert.match(refusal(await scratch(t)), /^not_a_database: .* is no file/)
  })

  it('refuses a file that is no database', async (t) => {
    const file = await path(t)
    await writeFile(file, 'These are my notes. '.repeat(200))
    assert.match(refusal(file), /^not_a_database: .*is not a SQLite database/)
  })

  it('refuses the database of another program and leaves it as it was', async (t) => {
    const file = await path(t)
    const other = new Sqlite(file)
    other.exec('CREATE TABLE recipes (name TEXT)')
    other.close()
    assert.match(refusal(file), /^foreign: .*tables of another program/)
    const again = new Sqlite(file)
    assert.deepEqual(again.prepare('SELECT name FROM sqlite_schema').pluck().all(), ['recipes'])
    again.close()
  })

  it('refuses a file that its account may not write', async (t) => {
    const folder = await scratch(t)
    const file = join(folder, 'x.db')
    await openedSqlite(file, context).close()
    await chmod(file, 0o444)
    await chmod(folder, 0o555)
    // Nothing is forbidden to root, so another account has to try.
    const isRoot = process.getuid?.() === 0
    const apart = runApart(t, holder, [file], isRoot ? { uid: 65534, gid: 65534 } : {})
    await apart.ended()
    assert.match(apart.output(), /^not_writable: .*(cannot be written|cannot be opened)/)
    await chmod(folder, 0o755)
  })
})

describe('a SQLite file that is in use', () => {
  it('is refused to a second process, which is told who holds it', async (t) => {
    const file = await path(t)
    const apart = runApart(t, holder, [file])
    await apart.said('opened')
    assert.match(
      refusal(file),
      new RegExp(`^in_use: .* is in use by process ${apart.process.pid} since 2026-03-01T12:00:00.000Z`),
    )
  })

  it('is refused to the same process', async (t) => {
    const file = await path(t)
    const database = openedSqlite(file, context)
    assert.match(refusal(file), /^in_use: /)
    await database.close()
    await openedSqlite(file, context).close()
  })

  it('is refused under another name', async (t) => {
    const file = await path(t)
    const database = openedSqlite(file, context)
    await symlink(file, `${file}-alias`)
    assert.match(refusal(`${file}-alias`), /^in_use: /)
    await database.close()
  })

  it('is free again when its process was killed', async (t) => {
    const file = await path(t)
    const apart = runApart(t, holder, [file])
    await apart.said('opened')
    apart.process.kill('SIGKILL')
    await apart.ended()
    await openedSqlite(file, context).close()
  })

  it('is free again when it was refused', async (t) => {
    const folder = await scratch(t)
    const file = join(folder, 'x.db')
    await mkdir(join(folder, 'kept'))
    await writeFile(file, 'These are my notes. '.repeat(200))
    refusal(file)
    await rm(file)
    await openedSqlite(file, context).close()
  })
})

describe('a SQLite file after a crash', () => {
  /** A copy of the files as a crash leaves them. */
  async function crashed(t: Parameters<typeof scratch>[0]): Promise<string> {
    const file = await path(t)
    const database = openedSqlite(file, context)
    await database.audit.append(exported)
    const copy = join(await scratch(t), 'hivewarden.db')
    for (const suffix of ['', '-wal', '-holder']) await copyFile(file + suffix, copy + suffix)
    await database.close()
    return copy
  }

  it('is opened with all that was acknowledged', async (t) => {
    const database = openedSqlite(await crashed(t), context)
    const head = await database.audit.head()
    assert.equal(head !== 'unavailable' && head?.sequence, 1)
    await database.close()
  })

  it('is refused without its log, which held what was published last', async (t) => {
    const file = await crashed(t)
    await rm(`${file}-wal`)
    assert.match(refusal(file), /^not_a_database: The write-ahead log .*-wal is missing/)
  })

  it('is opened without its log once the operator says so', async (t) => {
    const file = await crashed(t)
    await rm(`${file}-wal`)
    await rm(`${file}-holder`)
    await openedSqlite(file, context).close()
  })
})
