import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { systemActor } from '../../../domain/actor.ts'
import { canonicalJson } from '../../../domain/envelope/canonical-json.ts'
import type { PolicyContext } from '../../../domain/policy/policy-context.ts'
import type { EnterpriseConfig } from '../../../domain/policy/policy-document.ts'
import { singleLayer } from '../../../domain/policy/single-layer.ts'
import type { RevisionHead } from '../../ports/revision-store.ts'
import { publishNextRevision } from '../../usecases/policy/publish-next-revision.ts'
import {
  createFakeClock,
  createRecordingLogger,
  createRecordingMetrics,
} from '../identity-provider/testing/observed.ts'
import { createMemoryDatabase, type MemoryDatabase } from '../memory/create-memory-database.ts'
import { sha256 } from '../system/sha256.ts'
import { type WatchedRevisions, watchRevisions } from './watch-revisions.ts'

const hidden: EnterpriseConfig = { playground: { value: false, enforcement: 'enforced' } }
const shown: EnterpriseConfig = { playground: { value: true, enforcement: 'enforced' } }

describe('the policy of a database', () => {
  const clock = createFakeClock()
  const damaged = new Set<number>()
  let database: MemoryDatabase
  let metrics: ReturnType<typeof createRecordingMetrics>
  let source: WatchedRevisions
  let readCertificate: PolicyContext['readCertificate']
  beforeEach(async () => {
    database = createMemoryDatabase()
    damaged.clear()
    metrics = createRecordingMetrics()
    readCertificate = () => undefined
    await publish(hidden)
    source = await watch()
  })
  afterEach(() => source.stop())

  type Revisions = Parameters<typeof watchRevisions>[0]['revisions']
  const damagedStore: Revisions = {
    head: () => database.revisions.head(),
    get: async (serial) => (damaged.has(serial) ? { intact: false, serial } : database.revisions.get(serial)),
  }
  const watch = (revisions: Revisions = damagedStore) =>
    watchRevisions({
      revisions,
      feed: database.feed,
      context: () => ({
        now: Math.floor(clock.now() / 1000),
        readCertificate: (pem) => readCertificate(pem),
      }),
      clock,
      logger: createRecordingLogger(),
      metrics,
    })

  const publish = async (config: EnterpriseConfig): Promise<number> => {
    const { revisions } = database
    const head = await revisions.head()
    assert.ok(head !== 'unavailable')
    const published = await publishNextRevision({ revisions, clock, sha256 }, systemActor, head, {
      text: canonicalJson(singleLayer(config)),
      title: 'A test',
      reason: 'A test',
      words: 'Published a revision for a test.',
    })
    assert.ok(published.ok)
    return published.value.serial
  }
  const refusedMetric = () => metrics.values.get('hivewarden_policy_refused')

  it('is that of the newest revision, with its number and its hour', () => {
    const { document, serial, publishedAt } = source.current() ?? {}

    assert.deepEqual(document?.layers[0]?.directives, hidden)
    assert.deepEqual({ serial, publishedAt }, { serial: 1, publishedAt: Math.floor(clock.now() / 1000) })
    assert.equal(source.describes, 'revision 1')
  })

  it('is another as soon as a revision is committed, and tells those who wait', async () => {
    const told = new Promise<void>((resolve) => void source.onChange(resolve))
    await publish(shown)
    await told

    assert.deepEqual(source.current()?.document.layers[0]?.directives, shown)
  })

  it('is the same object until it changes', async () => {
    const before = source.current()
    await source.look()

    assert.equal(source.current(), before)
  })

  it('stays the last good one when the newest revision is damaged, and says so', async () => {
    const before = source.current()
    await publishDamaged()
    await source.look()

    assert.equal(source.current(), before)
    assert.match(source.refusal()?.problems[0]?.message ?? '', /Revision 2 does not match its hash/)
    assert.equal(refusedMetric(), 1)
  })

  it('takes up the next good revision after a damaged one', async () => {
    await publishDamaged()
    await source.look()
    await publish(shown)
    await source.look()

    assert.equal(source.current()?.serial, 3)
    assert.equal(source.refusal(), undefined)
    assert.equal(refusedMetric(), 0)
  })

  it('is none at all after a start on a damaged revision: an older one would be a step back', async () => {
    await publishDamaged()
    const restarted = await watch()
    restarted.stop()

    assert.equal(restarted.current(), undefined)
    assert.match(restarted.refusal()?.problems[0]?.message ?? '', /Revision 2/)
  })

  it('never goes back when the database was set back, and says what to do', async () => {
    const head: { now: RevisionHead | undefined | 'real' } = { now: 'real' }
    await publish(shown)
    const set = await watch({
      get: (serial) => database.revisions.get(serial),
      head: async () => (head.now === 'real' ? database.revisions.head() : head.now),
    })
    head.now = { serial: 1, sha256: '', publishedAt: 0 }
    await set.look()
    set.stop()

    assert.equal(set.current()?.serial, 2)
    assert.match(set.refusal()?.problems[0]?.message ?? '', /--serial-floor 2/)
  })

  it('goes on from memory while the database is away', async () => {
    const before = source.current()
    database.goAway(clock.now())
    await source.look()

    assert.equal(source.current(), before)
    assert.equal(source.refusal(), undefined)
  })

  it('does not lose a restart to a certificate that has expired since it was published', async () => {
    const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'
    const notAfter = Math.floor(clock.now() / 1000) + 60
    readCertificate = () => ({ subject: 'CN=Private', ca: true, notBefore: 0, notAfter })
    await publish({ ca_certificate: { value: { pem }, enforcement: 'enforced' } })
    clock.advance(3600)
    const restarted = await watch()
    restarted.stop()

    assert.equal(restarted.current()?.serial, 2)
    assert.match(restarted.current()?.warnings[0]?.message ?? '', /expired/)
    assert.equal(restarted.current()?.warnings[0]?.severity, 'warning')
  })

  async function publishDamaged(): Promise<void> {
    damaged.add(2)
    await publish(shown)
  }
})
