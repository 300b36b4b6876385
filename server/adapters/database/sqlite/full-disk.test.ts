import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { assembleDatabase } from '../assemble-database.ts'
import { trackAvailability } from '../availability.ts'
import { answered, exported, published, revision } from '../contracts/samples.fixture.ts'
import { openedSqlite } from '../testing/opened-sqlite.fixture.ts'
import { context, scratch } from '../testing/scratch.fixture.ts'
import { connect } from './connect.ts'
import { createSqliteEngine } from './sqlite-engine.ts'
import { sqliteMigrations } from './sqlite-migrations.ts'

const large = JSON.stringify('x'.repeat(40_000))

describe('a SQLite database without space', () => {
  it('refuses to publish, goes on reading, and recovers when there is space again, twenty times', async (t) => {
    const file = join(await scratch(t), 'hivewarden.db')
    await openedSqlite(file, context).close()
    const connection = connect(file)
    const engine = createSqliteEngine({
      connection,
      file,
      availability: trackAvailability(context.clock, context.logger),
      closing: (close) => close(),
    })
    const database = assembleDatabase({ engine, place: file, migrations: sqliteMigrations }, context)
    let head = undefined as ReturnType<typeof revision> | undefined
    for (let serial = 1; serial <= 20; serial += 1) {
      const next = revision(serial, head, { text: large })
      const publication = { revision: next, event: published(serial) }
      const pages = connection.pragma('page_count', { simple: true })
      connection.pragma(`max_page_count = ${Number(pages)}`)
      assert.equal(await database.revisions.publish(publication), 'unavailable')
      assert.equal(answered(await database.revisions.head())?.serial, head?.serial)
      connection.pragma('max_page_count = 1000000')
      assert.equal(await database.revisions.publish(publication), 'published')
      head = next
    }
    assert.equal(answered(await database.audit.head())?.sequence, 20)
    assert.equal(connection.pragma('integrity_check', { simple: true }), 'ok')
    await database.close()
  })

  it('says so in its health until a deed works again', async (t) => {
    const file = join(await scratch(t), 'hivewarden.db')
    const connection = connect(file)
    for (const { sql } of sqliteMigrations) connection.exec(sql)
    const words: string[] = []
    const logger = {
      ...context.logger,
      error: (_: string, fields = {}) => void words.push(JSON.stringify(fields)),
    }
    const engine = createSqliteEngine({
      connection,
      file,
      availability: trackAvailability(context.clock, logger),
      closing: (close) => close(),
    })
    const { audit, close } = assembleDatabase({ engine, place: file, migrations: [] }, context)
    connection.pragma(`max_page_count = ${Number(connection.pragma('page_count', { simple: true }))}`)
    const huge = { ...exported, words: 'x'.repeat(40_000) }
    assert.equal(await audit.append(huge), 'unavailable')
    assert.match(words.join(), /no space left/)
    connection.pragma('max_page_count = 1000000')
    assert.equal(await audit.append(huge), 'appended')
    await close()
  })
})
