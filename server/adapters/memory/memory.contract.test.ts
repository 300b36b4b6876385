import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { databaseContract } from '../database/contracts/database.contract.ts'
import { exported, published, revision } from '../database/contracts/samples.fixture.ts'
import { createMemoryDatabase } from './create-memory-database.ts'

describe('a database in memory', () => databaseContract(async () => createMemoryDatabase()))

describe('a database in memory that is made to fail', () => {
  it('is away until it comes back, and has lost nothing', async () => {
    const database = createMemoryDatabase()
    await database.audit.append(exported)
    database.goAway(7)
    assert.equal(await database.audit.append(exported), 'unavailable')
    assert.deepEqual(await database.health(), {
      up: false,
      reason: 'The database does not answer.',
      since: 7,
    })
    database.comeBack()
    assert.equal(await database.audit.append(exported), 'appended')
    const head = await database.audit.head()
    assert.equal(head !== 'unavailable' && head?.sequence, 2)
  })

  it('tells of a revision that was damaged', async () => {
    const { revisions, damageRevision } = createMemoryDatabase()
    await revisions.publish({ revision: revision(1), event: published(1) })
    damageRevision(1)
    assert.deepEqual(await revisions.get(1), { intact: false, serial: 1 })
  })
})
