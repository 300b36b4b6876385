import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { connect } from './sqlite/connect.ts'
import { openedSqlite } from './testing/opened-sqlite.fixture.ts'
import { emptyPostgres, openedPostgres, statement } from './testing/postgres.fixture.ts'
import { context, scratch } from './testing/scratch.fixture.ts'

const POLL = 5000
const byHand = 'UPDATE heads SET audit_sequence = audit_sequence + 1'

describe('what was written behind the back of the manager', () => {
  it('is noticed in a SQLite file within five seconds', async (t) => {
    t.mock.timers.enable({ apis: ['setInterval'] })
    const file = join(await scratch(t), 'hivewarden.db')
    const database = openedSqlite(file, context)
    let heard = 0
    database.feed.subscribe(() => {
      heard += 1
    })
    t.mock.timers.tick(POLL)
    assert.equal(heard, 0)
    const other = connect(file)
    other.exec(byHand)
    other.close()
    t.mock.timers.tick(POLL - 1)
    assert.equal(heard, 0)
    t.mock.timers.tick(1)
    assert.equal(heard, 1)
    await database.close()
  })

  it('is noticed in a PostgreSQL database without a notice', async (t) => {
    t.mock.timers.enable({ apis: ['setInterval'] })
    const url = await emptyPostgres(t)
    const database = await openedPostgres(url, context)
    let heard = 0
    database.feed.subscribe(() => {
      heard += 1
    })
    // The first look only learns how things stand, and each takes a way to the server and back.
    while (heard === 0) {
      await statement(url, byHand)
      t.mock.timers.tick(POLL)
    }
    await database.close()
  })
})
