import assert from 'node:assert/strict'
import { test } from 'node:test'
import { singleLayer } from '../../../domain/policy/single-layer.ts'
import { editChange } from './edit-change.ts'
import {
  available,
  codeOf,
  done,
  editor,
  hidden,
  inForce,
  type Office,
  openOffice,
  publish,
  readyChange,
  shown,
  told,
} from './governance.fixture.ts'
import { publishDueChanges } from './publish-due-changes.ts'
import { scheduleChange } from './schedule-change.ts'
import { unscheduleChange } from './unschedule-change.ts'

const schedule = async (office: Office, document: Parameters<typeof readyChange>[1], after: number) =>
  done(await scheduleChange(office, editor, await readyChange(office, document), office.now + after))

test('publishes a change when its time has come, and not a second before', async () => {
  const office = openOffice(1)
  const change = await schedule(office, { playground: hidden }, 60)
  office.now += 59
  assert.deepEqual(await publishDueChanges(office), { published: [], failed: [], more: false })
  office.now += 1
  assert.deepEqual(await publishDueChanges(office), { published: [1], failed: [], more: false })
  assert.deepEqual(await inForce(office), singleLayer({ playground: hidden }))
  const [event] = available(await office.audit.list({ limit: 1 }))
  assert.equal(event?.actor.kind, 'system')
  assert.equal(available(await office.changes.get(change.id))?.state, 'published')
  assert.deepEqual(await publishDueChanges(office), { published: [], failed: [], more: false })
})

test('publishes what became due while nothing ran, the earliest first', async () => {
  const office = openOffice()
  const later = await schedule(office, { playground: hidden }, 120)
  const earlier = await schedule(office, { assistant: hidden }, 60)
  office.now += 3600
  assert.deepEqual((await publishDueChanges(office)).published, [1, 2])
  assert.equal(available(await office.changes.get(earlier.id))?.publishedSerial, 1)
  assert.equal(available(await office.changes.get(later.id))?.publishedSerial, 2)
})

test('two replicas that look at once publish each change once', async () => {
  const office = openOffice()
  await schedule(office, { playground: hidden }, 60)
  await schedule(office, { assistant: hidden }, 60)
  office.now += 60
  const [one, other] = await Promise.all([publishDueChanges(office), publishDueChanges(office)])
  assert.deepEqual([...one.published, ...other.published].sort(), [1, 2])
  assert.deepEqual([...one.failed, ...other.failed], [])
})

test('takes a change that cannot be published off the schedule, and says so once', async () => {
  const office = openOffice()
  const change = await schedule(office, { playground: hidden }, 60)
  await publish(office, { playground: shown })
  office.now += 60
  const { failed, published } = await publishDueChanges(office)
  assert.deepEqual(published, [])
  assert.deepEqual(
    failed.map(({ id, problem }) => [id, problem.code]),
    [[change.id, 'conflict']],
  )
  assert.deepEqual((await publishDueChanges(office)).failed, [])
  const kept = available(await office.changes.get(change.id))
  assert.deepEqual([kept?.state, kept?.scheduledFor], ['approved', undefined])
  assert.equal((await told(office)).at(-1), `change.schedule_failed ${change.id}`)
})

test('one that cannot be published does not keep the next one waiting', async () => {
  const office = openOffice()
  await schedule(office, { playground: hidden }, 60)
  await schedule(office, { assistant: hidden }, 61)
  await publish(office, { playground: shown })
  office.now += 61
  const { failed, published } = await publishDueChanges(office)
  assert.deepEqual([failed.length, published], [1, [2]])
})

test('leaves the schedule alone while the database is away', async () => {
  const office = openOffice()
  const change = await schedule(office, { playground: hidden }, 60)
  office.now += 60
  office.database.goAway(0)
  assert.deepEqual(await publishDueChanges(office), { published: [], failed: [], more: true })
  office.database.comeBack()
  assert.equal(available(await office.changes.get(change.id))?.scheduledFor, office.now)
  assert.deepEqual((await publishDueChanges(office)).published, [1])
})

test('leaves the schedule alone while the clock is behind, and publishes when it is right again', async () => {
  const office = openOffice()
  await publish(office, { assistant: hidden })
  await schedule(office, { playground: hidden }, 60)
  office.now += 60
  const [published] = available(await office.revisions.list({ limit: 1 }))
  assert.ok(published?.intact)
  const ahead = { serial: 1, sha256: published.revision.sha256, publishedAt: office.now + 3600 }
  const behind = { ...office, revisions: { ...office.revisions, head: async () => ahead } }
  assert.deepEqual(await publishDueChanges(behind), { published: [], failed: [], more: true })
  assert.deepEqual((await publishDueChanges(office)).published, [2])
})

test('says nothing of a change that somebody else took a step with at the same moment', async () => {
  const office = openOffice()
  await schedule(office, { playground: hidden }, 60)
  await publish(office, { playground: shown })
  office.now += 60
  const raced = { ...office, changes: { ...office.changes, save: async () => 'conflict' as const } }
  assert.deepEqual(await publishDueChanges(raced), { published: [], failed: [], more: false })
})

test('does not publish by itself what lacks approvals that are required by now', async () => {
  const office = openOffice()
  await schedule(office, { playground: hidden }, 60)
  office.required = 1
  office.now += 60
  assert.deepEqual(
    (await publishDueChanges(office)).failed.map(({ problem }) => problem.code),
    ['approvals_missing'],
  )
})

test('publishes nothing whose time was taken away, by hand or by an edit', async () => {
  const office = openOffice()
  const one = await schedule(office, { playground: hidden }, 60)
  done(await unscheduleChange(office, editor, one))
  const other = await schedule(office, { assistant: hidden }, 60)
  const { title, reason, baseSerial, document } = other
  done(await editChange(office, editor, other, { title, reason, baseSerial, document }))
  office.now += 60
  assert.deepEqual(await publishDueChanges(office), { published: [], failed: [], more: false })
})

test('sets no time that has passed', async () => {
  const office = openOffice()
  const change = await readyChange(office, { playground: hidden })
  assert.equal(codeOf(await scheduleChange(office, editor, change, office.now)), 'time_not_ahead')
})
