import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { systemActor } from '../../../domain/actor.ts'
import { emptyPolicy } from '../../../domain/revisions/revision.ts'
import { createFakeClock } from '../../adapters/identity-provider/testing/observed.ts'
import { createMemoryDatabase } from '../../adapters/memory/create-memory-database.ts'
import { sha256 } from '../../adapters/system/sha256.ts'
import { publishFirstRevision } from './publish-first-revision.ts'
import { republishPolicy } from './republish-policy.ts'

const first = { document: emptyPolicy, title: 'Nothing yet', reason: 'The manager started.' }
const again = { operation: 'backup.restore', title: 'Again', reason: 'For a test.' } as const

describe('a first revision', () => {
  it('is published once when several replicas start at the same moment', async () => {
    const { revisions, audit } = createMemoryDatabase()
    const ports = { revisions, clock: createFakeClock(), sha256 }
    const outcomes = await Promise.all([1, 2, 3].map(() => publishFirstRevision(ports, systemActor, first)))

    assert.deepEqual(outcomes.map((outcome) => outcome.ok && outcome.value).toSorted(), [
      'published',
      'was_there',
      'was_there',
    ])
    const events = await audit.read({ after: 0, limit: 10 })
    assert.equal(events.length, 1)
  })

  it('is not published while the database is away', async () => {
    const database = createMemoryDatabase()
    database.goAway(0)
    const ports = { revisions: database.revisions, clock: createFakeClock(), sha256 }

    assert.deepEqual(await publishFirstRevision(ports, systemActor, first), {
      ok: false,
      problem: { code: 'unavailable' },
    })
  })
})

describe('publishing the same policy again', () => {
  const prepare = async () => {
    const database = createMemoryDatabase()
    const clock = createFakeClock()
    const ports = { revisions: database.revisions, clock, sha256 }
    await publishFirstRevision(ports, systemActor, first)
    return { database, clock, ports }
  }

  it('changes the serial and nothing of the policy', async () => {
    const { database, ports } = await prepare()
    const republished = await republishPolicy(ports, systemActor, again)
    const stored = await Promise.all([1, 2].map((serial) => database.revisions.get(serial)))

    assert.deepEqual(republished, { ok: true, value: { serial: 2 } })
    const texts = stored.map((each) => typeof each === 'object' && each.intact && each.revision.text)
    assert.equal(texts[0], texts[1])
  })

  it('never dates it before the revision that it follows, on a machine whose clock is behind', async () => {
    const { database, clock, ports } = await prepare()
    const before = await database.revisions.head()
    clock.advance(-3600)
    await republishPolicy(ports, systemActor, again)
    const now = await database.revisions.head()

    assert.ok(typeof before === 'object' && typeof now === 'object')
    assert.equal(now.publishedAt, before.publishedAt)
  })

  it('refuses a revision that fails its hash', async () => {
    const { database, ports } = await prepare()
    database.damageRevision(1)

    assert.deepEqual(await republishPolicy(ports, systemActor, again), {
      ok: false,
      problem: { code: 'damaged' },
    })
  })

  it('says so where nothing was ever published', async () => {
    const { revisions } = createMemoryDatabase()
    const ports = { revisions, clock: createFakeClock(), sha256 }

    assert.deepEqual(await republishPolicy(ports, systemActor, again), {
      ok: false,
      problem: { code: 'no_revision' },
    })
  })

  it('is refused to whoever may not do what it is a part of', async () => {
    const { ports } = await prepare()
    const refused = await republishPolicy(ports, { ...systemActor, roles: ['editor'] }, again)

    assert.deepEqual(refused, { ok: false, problem: { code: 'forbidden' } })
  })

  it('stands above the floor that an operator has set', async () => {
    const { database, ports, clock } = await prepare()
    const events = await database.audit.read({ after: 0, limit: 1 })
    const [event] = events === 'unavailable' ? [] : events
    assert.ok(event !== undefined)
    await database.revisions.raiseSerialFloor(41, { ...event, at: clock.now() })

    assert.deepEqual(await republishPolicy(ports, systemActor, again), { ok: true, value: { serial: 42 } })
  })
})
