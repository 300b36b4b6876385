import assert from 'node:assert/strict'
import { open, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { DurableDatabase } from '../../../ports/database.ts'
import { answered, published, revision } from '../contracts/samples.fixture.ts'
import { openSqliteDatabase } from '../open-sqlite-database.ts'
import { openedSqlite } from '../testing/opened-sqlite.fixture.ts'
import { context, scratch } from '../testing/scratch.fixture.ts'
import { connect } from './connect.ts'

/** The full run asks for more. */
const rounds = Number(process.env.FAULT_ROUNDS ?? 200)
const SERIALS = 40
const BYTES = 64

/** The same numbers for the same seed, so that a failure can be looked at again. */
function randomNumbers(seed: number): () => number {
  let state = Math.imul(seed + 1, 2_654_435_761) >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

async function publishMany(file: string): Promise<readonly string[]> {
  const { revisions, close } = openedSqlite(file, context)
  const texts: string[] = []
  let head = undefined as ReturnType<typeof revision> | undefined
  for (let serial = 1; serial <= SERIALS; serial += 1) {
    head = revision(serial, head, { text: JSON.stringify(`policy ${serial} `.repeat(20 * (serial % 7))) })
    texts.push(head.text)
    assert.equal(await revisions.publish({ revision: head, event: published(serial) }), 'published')
  }
  await close()
  return texts
}

/** How many revisions were handed out; each of them must be one that was published, under its own serial. */
async function servedUnaltered({ revisions }: DurableDatabase, texts: readonly string[]): Promise<number> {
  let served = 0
  for (const [index, text] of texts.entries()) {
    const stored = await revisions.get(index + 1)
    if (stored === 'unavailable' || stored?.intact !== true) continue
    assert.equal(stored.revision.serial, index + 1)
    assert.equal(stored.revision.text, text)
    served += 1
  }
  const head = await revisions.head()
  if (head !== 'unavailable') assert.equal(head?.serial, texts.length)
  return served
}

describe('a SQLite file with damaged pages', () => {
  it(`serves no altered revision, and none as the newest that is not, after ${rounds} random overwrites`, async (t) => {
    const file = join(await scratch(t), 'hivewarden.db')
    const texts = await publishMany(file)
    const whole = await readFile(file)
    let hidden = 0
    for (let seed = 0; seed < rounds; seed += 1) {
      const random = randomNumbers(seed)
      const damaged = Buffer.from(whole)
      const start = Math.floor(random() * (whole.length - BYTES))
      for (let at = start; at < start + BYTES; at += 1) damaged[at] = Math.floor(random() * 256)
      for (const suffix of ['-wal', '-shm', '-holder']) await rm(file + suffix, { force: true })
      await writeFile(file, damaged)
      const opened = openSqliteDatabase(file, context)
      if (!opened.ok) {
        hidden += 1
        continue
      }
      if ((await servedUnaltered(opened.value, texts)) < texts.length) hidden += 1
      await opened.value.close()
    }
    // A damage that is never noticed would mean that nothing was damaged.
    assert.ok(hidden > rounds / 10)
  })

  it('tells of a damaged revision by its serial, and goes on serving the others', async (t) => {
    const file = join(await scratch(t), 'hivewarden.db')
    const texts = await publishMany(file)
    const connection = connect(file)
    connection.exec(`UPDATE revisions SET about = replace(about, 'Grace', 'Mallory') WHERE serial = 7`)
    connection.close()
    const { revisions, close } = openedSqlite(file, context)
    assert.deepEqual(await revisions.get(7), { intact: false, serial: 7 })
    const listed = answered(await revisions.list({ limit: 100 }))
    assert.deepEqual(
      listed.filter(({ intact }) => !intact),
      [{ intact: false, serial: 7 }],
    )
    assert.equal(listed.length, texts.length)
    await close()
  })

  it('does not take an older revision for the newest when the newest is gone', async (t) => {
    const file = join(await scratch(t), 'hivewarden.db')
    await publishMany(file)
    const connection = connect(file)
    connection.exec(`DELETE FROM revisions WHERE serial = ${SERIALS}`)
    connection.close()
    const { revisions, close } = openedSqlite(file, context)
    assert.equal(await revisions.head(), 'unavailable')
    await close()
  })

  it('does not take an older revision for the newest when the heads were set back', async (t) => {
    const file = join(await scratch(t), 'hivewarden.db')
    await publishMany(file)
    const connection = connect(file)
    connection.exec(
      'UPDATE heads SET (serial, revision_sha256) = (SELECT serial, sha256 FROM revisions WHERE serial = 3)',
    )
    connection.close()
    const { revisions, close } = openedSqlite(file, context)
    assert.equal(await revisions.head(), 'unavailable')
    await close()
  })

  it('is refused, or shows what is missing, when it is cut in half', async (t) => {
    const file = join(await scratch(t), 'hivewarden.db')
    const texts = await publishMany(file)
    const handle = await open(file, 'r+')
    await handle.truncate(Math.floor((await handle.stat()).size / 2))
    await handle.close()
    const opened = openSqliteDatabase(file, context)
    if (opened.ok) {
      assert.ok((await servedUnaltered(opened.value, texts)) < texts.length)
      await opened.value.close()
    } else {
      assert.match(opened.problem.message, /damaged/)
    }
  })
})
