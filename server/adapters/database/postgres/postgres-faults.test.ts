import assert from 'node:assert/strict'
import { after, before, describe, it, type TestContext } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { hashEvent } from '../../../../domain/audit/chain.ts'
import { startPostgres, type ThrowAwayPostgres } from '../../../../tools/postgres/start-postgres.ts'
import type { DurableDatabase } from '../../../ports/database.ts'
import { sha256 } from '../../system/sha256.ts'
import { answered, exported, published, revision } from '../contracts/samples.fixture.ts'
import { openPostgresDatabase } from '../open-postgres-database.ts'
import { cuttingProxy } from '../testing/cutting-proxy.fixture.ts'
import { emptyPostgres, openedPostgres, statement } from '../testing/postgres.fixture.ts'
import { context } from '../testing/scratch.fixture.ts'

const impatient = {
  ...context,
  patience: { connect: 1000, statement: 1000, lock: 1000, idleInTransaction: 1000, answer: 1000 },
}

async function opened(t: TestContext, url: string, within = context): Promise<DurableDatabase> {
  const database = await openedPostgres(url, within)
  t.after(() => database.close())
  return database
}

/** Waits for what has to come by itself; the time-out of the test run ends a wait in vain. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await pause(50)
}
const isBack = (database: DurableDatabase) => until(async () => (await database.health()).up)

async function assertUnbroken({ audit }: DurableDatabase): Promise<number> {
  const events = answered(await audit.read({ after: 0, limit: 10_000 }))
  events.forEach((event, index) => {
    assert.equal(event.sequence, index + 1)
    assert.equal(event.hash, hashEvent(event, sha256))
    assert.equal(event.previousHash, events[index - 1]?.hash ?? '0'.repeat(64))
  })
  return events.length
}

describe('PostgreSQL, when it fails', () => {
  let server: ThrowAwayPostgres
  before(async () => {
    server = await startPostgres()
  })
  after(() => server.stop())

  it('answers unavailable while the server is away, says why, and comes back by itself', async (t) => {
    const database = await opened(t, await emptyPostgres(t, server.url))
    await server.halt()
    assert.equal(await database.audit.append(exported), 'unavailable')
    assert.equal(await database.revisions.head(), 'unavailable')
    const health = await database.health()
    assert.match(
      health.up ? '' : health.reason,
      /^Cannot reach the PostgreSQL database \w+ at 127\.0\.0\.1:\d+/,
    )
    await server.start()
    await isBack(database)
    assert.equal(await database.audit.append(exported), 'appended')
    assert.equal(await assertUnbroken(database), 1)
  })

  it('loses nothing that it acknowledged when it is restarted again and again', async (t) => {
    const database = await opened(t, await emptyPostgres(t, server.url))
    let acknowledged = 0
    for (let round = 0; round < 3; round += 1) {
      const deeds = Promise.all(Array.from({ length: 30 }, () => database.audit.append(exported)))
      await server.halt()
      await server.start()
      acknowledged += (await deeds).filter((outcome) => outcome === 'appended').length
      await isBack(database)
    }
    assert.ok((await assertUnbroken(database)) >= acknowledged)
  })

  it('survives connections that are terminated under it', async (t) => {
    const url = await emptyPostgres(t, server.url)
    const database = await opened(t, url)
    let acknowledged = 0
    for (let round = 0; round < 5; round += 1) {
      const deeds = Promise.all(Array.from({ length: 20 }, () => database.audit.append(exported)))
      await statement(
        url,
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      )
      acknowledged += (await deeds).filter((outcome) => outcome === 'appended').length
    }
    await isBack(database)
    assert.ok((await assertUnbroken(database)) >= acknowledged)
    assert.equal(await database.audit.append(exported), 'appended')
  })

  it('waits for a frozen server no longer than it has patience', async (t) => {
    const database = await opened(t, await emptyPostgres(t, server.url), impatient)
    const works = async () => (await database.audit.append(exported)) === 'appended'
    await until(works)
    server.signal('SIGSTOP')
    try {
      assert.equal(await database.audit.append(exported), 'unavailable')
      assert.equal(await database.revisions.head(), 'unavailable')
    } finally {
      server.signal('SIGCONT')
    }
    await until(works)
    await assertUnbroken(database)
  })

  it('hears again of what other replicas publish, after its connections broke', async (t) => {
    const url = await emptyPostgres(t, server.url)
    const one = await opened(t, url)
    const other = await opened(t, url)
    await server.halt()
    await server.start()
    await isBack(one)
    const { promise, resolve } = Promise.withResolvers<void>()
    other.feed.subscribe(resolve)
    await one.audit.append(exported)
    await promise
  })
})

describe('a commit whose answer is lost', () => {
  it('is found done when the server did it', async (t) => {
    const proxy = await cuttingProxy(t, await emptyPostgres(t))
    const database = await opened(t, proxy.url)
    proxy.cutNextCommit('after')
    assert.equal(
      await database.revisions.publish({ revision: revision(1), event: published(1) }),
      'published',
    )
    assert.equal(await assertUnbroken(database), 1)
  })

  it('is unavailable when the server never heard of it', async (t) => {
    const proxy = await cuttingProxy(t, await emptyPostgres(t))
    const database = await opened(t, proxy.url)
    proxy.cutNextCommit('before')
    const publication = { revision: revision(1), event: published(1) }
    assert.equal(await database.revisions.publish(publication), 'unavailable')
    assert.equal(await database.revisions.head(), undefined)
    assert.equal(await database.revisions.publish(publication), 'published')
    assert.equal(await assertUnbroken(database), 1)
  })
})

describe('several replicas on one PostgreSQL database', () => {
  it('let one of 21 publishes win, and keep one chain', async (t) => {
    const url = await emptyPostgres(t)
    const replicas = [await opened(t, url), await opened(t, url), await opened(t, url)]
    const outcomes = await Promise.all(
      Array.from({ length: 7 }, () =>
        replicas.map(({ revisions }) => revisions.publish({ revision: revision(1), event: published(1) })),
      ).flat(),
    )
    assert.equal(outcomes.filter((outcome) => outcome === 'published').length, 1)
    assert.equal(outcomes.filter((outcome) => outcome === 'serial_taken').length, 20)
    await Promise.all(replicas.flatMap(({ audit }) => [1, 2, 3, 4].map(() => audit.append(exported))))
    for (const replica of replicas) assert.equal(await assertUnbroken(replica), 13)
  })

  it('tell each other of what they commit', async (t) => {
    const url = await emptyPostgres(t)
    const one = await opened(t, url)
    const other = await opened(t, url)
    const { promise, resolve } = Promise.withResolvers<void>()
    other.feed.subscribe(resolve)
    await one.audit.append(exported)
    await promise
    assert.equal(answered(await other.audit.head())?.sequence, 1)
  })
})

describe('a PostgreSQL server that cannot be used', () => {
  const problemOf = async (url: string): Promise<string> => {
    const opening = await openPostgresDatabase(url, impatient)
    if (opening.ok) await opening.value.close()
    return opening.ok ? 'opened' : `${opening.problem.code}: ${opening.problem.message}`
  }

  it('is told of when it is not there', async () => {
    assert.match(
      await problemOf('postgres://u:secret@127.0.0.1:1/d'),
      /^unreachable: Cannot reach .*ECONNREFUSED/,
    )
  })
  it('is told of when it refuses the password, which is not told', async (t) => {
    const url = Object.assign(new URL(await emptyPostgres(t)), { password: 'hunter2' }).href
    const problem = await problemOf(url)
    assert.match(problem, /^refused: .*refuses the user or the password/)
    assert.doesNotMatch(problem, /hunter2/)
  })
  it('is told of when it has no such database', async (t) => {
    const url = Object.assign(new URL(await emptyPostgres(t)), { pathname: '/missing' }).href
    assert.match(await problemOf(url), /^refused: .*no database of that name/)
  })
  it('is told of when it speaks no TLS though that is wanted', async (t) => {
    assert.match(await problemOf(`${await emptyPostgres(t)}?sslmode=require`), /^unreachable: .*SSL/)
  })
  it('is unavailable for deeds while it takes no writes', async (t) => {
    const url = await emptyPostgres(t)
    await (await openedPostgres(url, context)).close()
    const name = new URL(url).pathname.slice(1)
    await statement(url, `ALTER DATABASE ${name} SET default_transaction_read_only = on`)
    const database = await opened(t, url)
    assert.equal(await database.audit.append(exported), 'unavailable')
    const health = await database.health()
    assert.deepEqual(health, { up: true })
  })
})
