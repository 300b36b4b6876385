import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { localActor } from '../domain/actor.ts'
import { createMemoryDatabase, type MemoryDatabase } from './adapters/memory/create-memory-database.ts'
import { composeGovernance } from './compose-governance.ts'
import { eventually } from './testing/eventually.ts'
import { type GovernedManager, startGovernedManager } from './testing/start-governed-manager.ts'
import { applyPolicy } from './usecases/revisions/apply-policy.ts'

const playground = (value: boolean) => ({ playground: { value, enforcement: 'enforced' } })

describe('a manager that a database governs', () => {
  let database: MemoryDatabase
  let manager: GovernedManager
  beforeEach(async () => {
    database = createMemoryDatabase()
    manager = await startGovernedManager({ database })
  })
  afterEach(() => manager.close())

  const publish = async (policy: object): Promise<number> => {
    const applied = await applyPolicy(composeGovernance(database, manager.clock), localActor('tester'), {
      file: { value: policy },
      allowDelete: true,
    })
    if (!applied.ok || applied.value.kind !== 'published') throw new Error(JSON.stringify(applied))
    return applied.value.serial
  }

  it('gives a signed envelope of revision 1 from its first start on', async () => {
    const { serial, config, signature } = (await manager.config()).json()

    assert.deepEqual(
      { serial, config, signed: typeof signature },
      { serial: 1, config: {}, signed: 'string' },
    )
  })

  it('records its first revision and its first key as deeds of the manager itself', async () => {
    const events = await database.audit.read({ after: 0, limit: 10 })

    assert.ok(events !== 'unavailable')
    assert.deepEqual(
      events.map(({ kind, actor }) => [kind, actor.kind]),
      [
        ['revision.published', 'system'],
        ['key.created', 'system'],
      ],
    )
  })

  it('answers a waiting client when a revision is published', async () => {
    const held = await manager.config()
    const waiting = manager.config({ 'If-None-Match': held.headers.etag ?? '', Prefer: 'wait=30' })
    await eventually(
      'the client waits',
      async () => (await manager.metric('hivewarden_waiting_requests')) === 1,
    )

    await publish(playground(false))

    const { serial, config } = (await waiting).json()
    assert.deepEqual({ serial, config }, { serial: 2, config: playground(false) })
  })

  it('goes on from memory while the database is away, and says so', async () => {
    await publish(playground(false))
    database.goAway(manager.clock.now())
    await eventually('the outage is noticed', async () =>
      String((await manager.readyz()).database).startsWith('warning'),
    )

    const { serial } = (await manager.config()).json()
    const readyz = await manager.readyz()
    const up = await manager.metric('hivewarden_database_up')

    assert.deepEqual({ serial, status: readyz.status, up }, { serial: 2, status: 'ready', up: 0 })
    assert.match(String(readyz.database), /nothing can be published/)
  })

  it('refuses to publish while the database is away', async () => {
    database.goAway(manager.clock.now())

    const applied = await applyPolicy(composeGovernance(database, manager.clock), localActor('tester'), {
      file: { value: playground(true) },
    })

    assert.deepEqual(applied, { ok: false, problem: { code: 'unavailable' } })
  })

  it('takes up what was published elsewhere as soon as the database is back', async () => {
    database.goAway(manager.clock.now())
    await eventually('the outage is noticed', async () =>
      String((await manager.readyz()).database).startsWith('warning'),
    )
    database.comeBack()
    await publish(playground(true))

    await eventually('the revision is served', async () => (await manager.config()).json().serial === 2)
    await eventually('the outage is over', async () => (await manager.readyz()).database === 'ok')
  })

  it('shows the number of the revision in its metrics', async () => {
    await publish(playground(true))
    await eventually('the metric follows', async () => (await manager.metric('hivewarden_serial')) === 2)
  })

  it('writes the master key for this account alone, and no key into its log', async () => {
    const masterKey = readFileSync(join(manager.folder, 'master.key'), 'utf8').trim()
    const ring = await database.keys.read()
    assert.ok(ring !== 'unavailable')
    const secrets = [masterKey, ...ring.keys.map(({ sealedPrivate }) => sealedPrivate)]

    assert.equal(secrets.length, 2)
    for (const secret of secrets) assert.ok(!manager.log.writes.join('').includes(secret))
  })
})

describe('two replicas on one database', () => {
  it('serve the same revision once either has published it', async () => {
    const database = createMemoryDatabase()
    const one = await startGovernedManager({ database })
    const other = await startGovernedManager({
      database,
      clock: one.clock,
      provider: one.provider,
      folder: one.folder,
    })
    try {
      await applyPolicy(composeGovernance(database, one.clock), localActor('tester'), {
        file: { value: playground(false) },
      })
      await eventually('both serve it', async () => {
        const answers = await Promise.all([one.config(), other.config()])
        return answers.every((answer) => answer.json().serial === 2)
      })

      const [first, second] = await Promise.all([one.config(), other.config()])
      assert.equal(first.headers.etag, second.headers.etag)
    } finally {
      await other.close()
      await one.close()
    }
  })

  it('refuses to start where the master key is another', async () => {
    const database = createMemoryDatabase()
    const one = await startGovernedManager({ database })
    try {
      await assert.rejects(
        startGovernedManager({ database, clock: one.clock, provider: one.provider }),
        /HIVEWARDEN_MASTER_KEY_FILE/,
      )
    } finally {
      await one.close()
    }
  })
})
