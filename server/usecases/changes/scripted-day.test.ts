import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { Actor } from '../../../domain/actor.ts'
import { ada, ben } from '../../../domain/changes/change.fixture.ts'
import { singleLayer } from '../../../domain/policy/single-layer.ts'
import { corpusTime } from '../../../domain/policy/testing/corpus-document.ts'
import { openSqliteDatabase } from '../../adapters/database/open-sqlite-database.ts'
import { createMemoryDatabase } from '../../adapters/memory/create-memory-database.ts'
import type { Database } from '../../ports/database.ts'
import { collectLog } from '../../testing/collect-log.ts'
import { exportAudit } from '../audit/export-audit.ts'
import { verifyAudit } from '../audit/verify-audit.ts'
import { returnToRevision } from '../revisions/return-to-revision.ts'
import { approveChange } from './approve-change.ts'
import { commentChange } from './comment-change.ts'
import { editChange } from './edit-change.ts'
import {
  available,
  codeOf,
  done,
  hidden,
  inForce,
  type Office,
  openOfficeOn,
  propose,
  readyChange,
  shown,
  told,
} from './governance.fixture.ts'
import { publishChange } from './publish-change.ts'
import { publishDueChanges } from './publish-due-changes.ts'
import { scheduleChange } from './schedule-change.ts'
import { submitChange } from './submit-change.ts'

/** Two administrators who each write and each approve what the other wrote. */
const [one, two]: readonly [Actor, Actor] = [
  { ...ada, roles: ['editor', 'approver'] },
  { ...ben, roles: ['editor', 'approver'] },
]

const registry = { value: { api_url: 'https://registry.example.com/' }, enforcement: 'enforced' } as const

async function reviewed(
  office: Office,
  author: Actor,
  reviewer: Actor,
  document: object,
  baseSerial: number,
) {
  const draft = await propose(office, author, document, baseSerial)
  const submitted = done(await submitChange(office, author, draft))
  assert.equal(codeOf(await publishChange(office, author, submitted)), 'approvals_missing')
  assert.equal(codeOf(await approveChange(office, author, submitted)), 'own_change')
  return done(await approveChange(office, reviewer, submitted))
}

const databases: Readonly<Record<string, (t: TestContext) => Database>> = {
  memory: () => createMemoryDatabase(),
  SQLite: (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'hivewarden-day-'))
    const clock = { now: () => corpusTime * 1000 }
    const context = { clock, logger: collectLog(clock).logger, writtenBy: '0.1.0' }
    const opened = openSqliteDatabase(join(folder, 'day.db'), context)
    assert.ok(opened.ok)
    t.after(async () => {
      await opened.value.close()
      rmSync(folder, { recursive: true })
    })
    return opened.value
  },
}

for (const [name, open] of Object.entries(databases)) {
  test(`a day on ${name}: a publish, a conflict that is decided, a bad publish that is returned, and one at night`, (t) =>
    spendDay(openOfficeOn(open(t), 1)))

  test(`twenty changes published at once on ${name} make twenty revisions, each with its event`, async (t) => {
    const office = openOfficeOn(open(t), 2)
    const [organisation] = singleLayer({}).layers
    assert.ok(organisation)
    const changes = []
    for (const index of Array.from({ length: 20 }, (_, place) => place)) {
      const layer = { id: `l${index}`, name: `Ł “${index}” 🐝`, directives: { playground: hidden } }
      changes.push(await readyChange(office, { layers: [organisation, layer] }))
    }
    const outcomes = await Promise.all(changes.map((change) => publishChange(office, one, change)))
    assert.deepEqual(
      outcomes.map((outcome) => done(outcome).revision.serial).toSorted((first, second) => first - second),
      changes.map((_, index) => index + 1),
    )
    assert.equal((await inForce(office)).layers.length, 21)
    assert.equal(done(await verifyAudit(office, { ...one, roles: ['auditor'] })).intact, true)
  })
}

async function spendDay(office: Office): Promise<void> {
  const morning = await reviewed(office, one, two, { registry }, 0)
  assert.equal(done(await publishChange(office, two, morning)).revision.serial, 1)

  office.now += 3600
  const mine = await reviewed(office, one, two, { registry, playground: hidden }, 1)
  const theirs = await reviewed(office, two, one, { registry, playground: shown, assistant: hidden }, 1)
  assert.equal(done(await publishChange(office, two, theirs)).revision.serial, 2)
  const refused = await publishChange(office, one, mine)
  assert.ok(!refused.ok && refused.problem.code === 'conflict')
  assert.equal(refused.problem.conflicts.length, 1)
  assert.deepEqual(await inForce(office), singleLayer({ registry, playground: shown, assistant: hidden }))

  done(await commentChange(office, two, mine.id, 'We need the playground in the training rooms.'))
  const { draft, serial } = refused.problem
  const decided = { title: 'Hide the playground after all', reason: 'The training is over.' }
  const edit = { ...decided, baseSerial: serial, document: draft }
  const edited = done(await editChange(office, one, mine, edit)).change
  assert.equal(codeOf(await publishChange(office, one, edited)), 'approvals_missing')
  const agreed = done(await approveChange(office, two, edited))
  assert.equal(done(await publishChange(office, one, agreed)).revision.serial, 3)
  assert.deepEqual(await inForce(office), singleLayer({ registry, playground: hidden, assistant: hidden }))

  office.now += 3600
  const bad = await reviewed(office, two, one, { playground: hidden }, 3)
  assert.equal(done(await publishChange(office, two, bad)).revision.serial, 4)
  const back = { serial: 3, reason: 'The registry went missing.' }
  const { change } = done(await returnToRevision(office, one, back))
  const submitted = done(await submitChange(office, one, change))
  const approved = done(await approveChange(office, two, submitted))
  assert.equal(done(await publishChange(office, one, approved)).revision.serial, 5)
  assert.deepEqual(await inForce(office), singleLayer({ registry, playground: hidden, assistant: hidden }))

  const tonight = await reviewed(office, one, two, { registry, playground: hidden }, 5)
  done(await scheduleChange(office, one, tonight, office.now + 8 * 3600))
  office.now += 8 * 3600
  assert.deepEqual((await publishDueChanges(office)).published, [6])

  const events = await told(office)
  assert.deepEqual(
    events.filter((event) => event.startsWith('revision.published')),
    [1, 2, 3, 4, 5, 6].map((number) => `revision.published ${number}`),
  )
  const exported = done(
    await exportAudit(office, { ...one, roles: ['auditor'] }, { form: 'csv', write: async () => {} }),
  )
  const auditor: Actor = { ...two, roles: ['auditor'] }
  assert.equal(done(await verifyAudit(office, auditor, { knownHead: exported.last })).intact, true)
  assert.equal(available(await office.revisions.head())?.serial, 6)
}
