import assert from 'node:assert/strict'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { DurableDatabase, Restoration } from '../../../ports/database.ts'
import {
  answered,
  author,
  change,
  commented,
  exported,
  published,
  revision,
  storedKey,
} from '../contracts/samples.fixture.ts'
import { openedSqlite } from '../testing/opened-sqlite.fixture.ts'
import { emptyPostgres, openedPostgres } from '../testing/postgres.fixture.ts'
import { context, scratch } from '../testing/scratch.fixture.ts'

const restoration: Restoration = {
  event: ({ sha256, highestSerial }) => ({
    ...exported,
    kind: 'backup.restored',
    data: { sha256, highestSerial },
  }),
}

async function sqlite(t: TestContext): Promise<DurableDatabase> {
  const database = openedSqlite(join(await scratch(t), 'hivewarden.db'), context)
  t.after(() => database.close())
  return database
}

async function postgres(t: TestContext): Promise<DurableDatabase> {
  const database = await openedPostgres(await emptyPostgres(t), context)
  t.after(() => database.close())
  return database
}

/** Something of every kind. */
async function populate({ revisions, changes, keys, audit }: DurableDatabase): Promise<void> {
  const first = revision(1, undefined, { title: 'NUL \0 and 🐝' })
  await revisions.publish({ revision: first, event: published(1) })
  await revisions.publish({ revision: revision(2, first), event: published(2) })
  await changes.create(change('c', { scheduledFor: 5 }), commented('c'))
  await changes.comment({ id: 'k', changeId: 'c', by: author, at: 7, text: 'Why?' }, commented('c'))
  await keys.replace([storedKey('two', { signsUntil: 9 }), storedKey('one')], 0, exported)
  await revisions.raiseSerialFloor(6, published(6))
  for (let count = 0; count < 120; count += 1) await audit.append(exported)
}

const contentOf = async ({ revisions, changes, keys, audit }: DurableDatabase) => ({
  head: await revisions.head(),
  revisions: await revisions.list({ limit: 100 }),
  changes: await changes.list({ limit: 100 }),
  change: await changes.get('c'),
  comments: await changes.comments('c'),
  keys: await keys.read(),
  events: answered(await audit.read({ after: 0, limit: 125 })),
})

async function backedUp(database: DurableDatabase, t: TestContext): Promise<string> {
  const file = join(await scratch(t), 'backup.jsonl.gz')
  const made = await database.backup(file)
  assert.equal(made.ok, true)
  return file
}

async function assertMoves(from: DurableDatabase, to: DurableDatabase, t: TestContext): Promise<void> {
  await populate(from)
  const restored = await to.restore(await backedUp(from, t), restoration)
  assert.equal(restored.ok, true)
  assert.deepEqual(await contentOf(to), await contentOf(from))
}

describe('a backup', () => {
  it('moves everything from SQLite to SQLite', async (t) => assertMoves(await sqlite(t), await sqlite(t), t))
  it('moves everything from SQLite to PostgreSQL', async (t) =>
    assertMoves(await sqlite(t), await postgres(t), t))
  it('moves everything from PostgreSQL to SQLite', async (t) =>
    assertMoves(await postgres(t), await sqlite(t), t))

  it('says the same of the same content, whichever database held it', async (t) => {
    const one = await sqlite(t)
    await populate(one)
    const other = await postgres(t)
    await other.restore(await backedUp(one, t), restoration)
    const third = await sqlite(t)
    await third.restore(await backedUp(one, t), restoration)
    const lines = async (database: DurableDatabase) =>
      gunzipSync(await readFile(await backedUp(database, t))).toString()
    assert.equal(await lines(other), await lines(third))
  })

  it('may be read by its owner alone, and takes the place of no file', async (t) => {
    const database = await sqlite(t)
    const file = await backedUp(database, t)
    assert.equal((await stat(file)).mode & 0o777, 0o600)
    assert.deepEqual(await database.backup(file), { ok: false, problem: { code: 'file_exists' } })
  })

  it('says why it was not written', async (t) => {
    const database = await sqlite(t)
    const made = await database.backup(join(await scratch(t), 'missing', 'backup'))
    assert.equal(!made.ok && made.problem.code, 'not_written')
  })

  it('is not made of a closed database', async (t) => {
    const database = await sqlite(t)
    await database.close()
    const made = await database.backup(join(await scratch(t), 'backup'))
    assert.deepEqual(made, { ok: false, problem: { code: 'unavailable' } })
  })

  it('is of one moment, whatever is published meanwhile', async (t) => {
    const database = await sqlite(t)
    await populate(database)
    const copying = database.backup(join(await scratch(t), 'backup'))
    for (let count = 0; count < 50; count += 1) await database.audit.append(exported)
    const made = await copying
    assert.equal(made.ok, true)
    const target = await sqlite(t)
    assert.equal((await target.restore(made.ok ? made.value.file : '', restoration)).ok, true)
  })

  it('writes down its own restoration and goes on above what anybody knew of', async (t) => {
    const source = await sqlite(t)
    await populate(source)
    const file = await backedUp(source, t)
    const target = await sqlite(t)
    await target.restore(file, { ...restoration, serialFloor: 40 })
    assert.equal(await target.revisions.highestSerialKnown(), 40)
    const [newest] = answered(await target.audit.list({ limit: 1 }))
    assert.equal(newest?.kind, 'backup.restored')
    const head = answered(await target.revisions.head())
    const next = revision(41, head)
    assert.equal(await target.revisions.publish({ revision: next, event: published(41) }), 'published')
  })

  it('does not lower the serials by a lower floor', async (t) => {
    const source = await sqlite(t)
    await populate(source)
    const target = await sqlite(t)
    await target.restore(await backedUp(source, t), { ...restoration, serialFloor: 1 })
    assert.equal(await target.revisions.highestSerialKnown(), 6)
  })

  it('is not restored into a database that holds something', async (t) => {
    const source = await sqlite(t)
    const file = await backedUp(source, t)
    await source.audit.append(exported)
    assert.deepEqual(await source.restore(file, restoration), { ok: false, problem: { code: 'not_empty' } })
  })

  it('is not restored into a PostgreSQL database that holds something', async (t) => {
    const source = await postgres(t)
    const file = await backedUp(source, t)
    await source.audit.append(exported)
    assert.deepEqual(await source.restore(file, restoration), { ok: false, problem: { code: 'not_empty' } })
  })
})

describe('a file that is no good backup', () => {
  /** What restoring a changed copy of a backup answers; the target must be as empty as before. */
  async function refusal(t: TestContext, alter: (whole: Buffer) => Buffer): Promise<string> {
    const source = await sqlite(t)
    await populate(source)
    const file = await backedUp(source, t)
    const altered = `${file}.altered`
    await writeFile(altered, alter(await readFile(file)))
    const target = await sqlite(t)
    const restored = await target.restore(altered, restoration)
    assert.equal(await target.audit.head(), undefined)
    return restored.ok ? 'restored' : restored.problem.code
  }
  const onLines = (change: (lines: string[]) => string[]) => (whole: Buffer) =>
    gzipSync(change(gunzipSync(whole).toString().trimEnd().split('\n')).join('\n').concat('\n'))

  it('is refused when it is not there', async (t) => {
    const restored = await (await sqlite(t)).restore('/nowhere/backup', restoration)
    assert.equal(!restored.ok && restored.problem.code, 'not_read')
  })
  it('is refused when it is empty', async (t) => {
    assert.equal(await refusal(t, () => Buffer.alloc(0)), 'truncated')
  })
  it('is refused when it is something else', async (t) => {
    assert.equal(await refusal(t, () => Buffer.from('PNG')), 'not_a_backup')
  })
  it('is refused when it is something else in gzip', async (t) => {
    assert.equal(await refusal(t, () => gzipSync('{"format":"other"}\n')), 'not_a_backup')
  })
  it('is refused when its file is cut off', async (t) => {
    assert.equal(await refusal(t, (whole) => whole.subarray(0, -20)), 'truncated')
  })
  it('is refused when its last line is missing', async (t) => {
    assert.equal(
      await refusal(
        t,
        onLines((lines) => lines.slice(0, -1)),
      ),
      'truncated',
    )
  })
  it('is refused when a row is missing', async (t) => {
    assert.equal(
      await refusal(
        t,
        onLines((lines) => lines.toSpliced(-2, 1)),
      ),
      'damaged',
    )
  })
  it('is refused when a word was changed', async (t) => {
    const swap = (lines: string[]) => lines.map((line) => line.replace('Why?', 'Who?'))
    assert.equal(await refusal(t, onLines(swap)), 'damaged')
  })
  it('is refused when a byte was changed', async (t) => {
    const flip = (whole: Buffer) => {
      const copy = Buffer.from(whole)
      copy[200] = (copy[200] ?? 0) ^ 0xff
      return copy
    }
    assert.notEqual(await refusal(t, flip), 'restored')
  })
  it('is refused when something follows its end', async (t) => {
    assert.equal(
      await refusal(
        t,
        onLines((lines) => [...lines, '["heads",{}]']),
      ),
      'damaged',
    )
  })
  it('is refused when a newer program wrote it', async (t) => {
    const raise = (lines: string[]) => lines.map((line) => line.replace('"0001-policy"', '"9999-later"'))
    assert.equal(await refusal(t, onLines(raise)), 'newer')
  })
  it('is refused when it was altered and given a new checksum', async (t) => {
    const { createHash } = await import('node:crypto')
    const forge = (lines: string[]) => {
      const body = lines.slice(0, -1).map((line) => line.replace('Revision 2', 'Revision X'))
      const sha256 = createHash('sha256')
        .update(`${body.join('\n')}\n`)
        .digest('hex')
      return [...body, JSON.stringify({ rows: body.length - 1, sha256 })]
    }
    assert.equal(await refusal(t, onLines(forge)), 'damaged')
  })
  it('is refused when it names a column that does not exist', async (t) => {
    const inject = (lines: string[]) => lines.map((line) => line.replace('"changeId"', '"x\\") --"'))
    assert.equal(await refusal(t, onLines(inject)), 'damaged')
  })
})
