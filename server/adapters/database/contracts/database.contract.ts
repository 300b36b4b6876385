import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { auditLogContract } from './audit-log.contract.ts'
import { changeStoreContract } from './change-store.contract.ts'
import { keyStoreContract } from './key-store.contract.ts'
import { revisionStoreContract } from './revision-store.contract.ts'
import { exported, revision } from './samples.fixture.ts'
import type { Subject } from './subject.fixture.ts'

/** What every database does. Each runs it: memory, SQLite and PostgreSQL. */
export function databaseContract(open: Subject): void {
  describe('revisions', () => revisionStoreContract(open))
  describe('changes', () => changeStoreContract(open))
  describe('signing keys', () => keyStoreContract(open))
  describe('the audit log', () => auditLogContract(open))

  it('tells the feed of what was committed, until one stops listening', async (t) => {
    const database = await open(t)
    const { promise, resolve } = Promise.withResolvers<void>()
    let heard = 0
    const stop = database.feed.subscribe(() => {
      heard += 1
      resolve()
    })
    await database.audit.append(exported)
    await promise
    stop()
    const before = heard
    await database.audit.append(exported)
    assert.equal(heard, before)
  })

  it('is well while it answers', async (t) => {
    const database = await open(t)
    assert.deepEqual(await database.health(), { up: true })
  })

  it('answers unavailable to everything once it is closed', async (t) => {
    const database = await open(t)
    await database.close()
    await database.close()
    assert.equal(await database.revisions.head(), 'unavailable')
    assert.equal(await database.revisions.get(1), 'unavailable')
    assert.equal(await database.revisions.publish({ revision: revision(1), event: exported }), 'unavailable')
    assert.equal(await database.changes.get('c'), 'unavailable')
    assert.equal(await database.keys.read(), 'unavailable')
    assert.equal(await database.keys.replace([], 0, exported), 'unavailable')
    assert.equal(await database.audit.append(exported), 'unavailable')
    assert.equal(await database.audit.head(), 'unavailable')
    const health = await database.health()
    assert.equal(health.up, false)
    assert.match(health.up ? '' : health.reason, /closed/)
  })
}
