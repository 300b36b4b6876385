import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mayDo, type Operation, roles } from '../../../domain/access/roles.ts'
import type { Actor } from '../../../domain/actor.ts'
import { singleLayer } from '../../../domain/policy/single-layer.ts'
import { exportAudit } from '../audit/export-audit.ts'
import { listAudit } from '../audit/list-audit.ts'
import { verifyAudit } from '../audit/verify-audit.ts'
import { applyPolicy } from '../revisions/apply-policy.ts'
import { compareRevisions } from '../revisions/compare-revisions.ts'
import { exportPolicy } from '../revisions/export-policy.ts'
import { listRevisions } from '../revisions/list-revisions.ts'
import { planPolicy } from '../revisions/plan-policy.ts'
import { returnToRevision } from '../revisions/return-to-revision.ts'
import { approveChange } from './approve-change.ts'
import { commentChange } from './comment-change.ts'
import { editChange } from './edit-change.ts'
import {
  codeOf,
  done,
  editor,
  hidden,
  type Office,
  openOffice,
  propose,
  publish,
  readyChange,
  shown,
  told,
} from './governance.fixture.ts'
import type { Outcome } from './governance.ts'
import { listChanges } from './list-changes.ts'
import { proposeChange } from './propose-change.ts'
import { publishChange } from './publish-change.ts'
import { reviewChange } from './review-change.ts'
import { scheduleChange } from './schedule-change.ts'
import { submitChange } from './submit-change.ts'
import { unscheduleChange } from './unschedule-change.ts'
import { withdrawChange } from './withdraw-change.ts'

type Deed = (office: Office, actor: Actor) => Outcome<unknown>

const proposal = {
  title: 'A title',
  reason: 'A reason',
  baseSerial: 2,
  document: singleLayer({ playground: hidden, assistant: hidden }),
}
const file = { text: JSON.stringify({ playground: hidden }) }

const ready = (office: Office) => readyChange(office, { assistant: hidden }, 2)

/** Each use case, brought to where somebody with the right role succeeds. */
const deeds: Readonly<Record<string, readonly [Operation, Deed]>> = {
  proposeChange: ['change.propose', (office, actor) => proposeChange(office, actor, proposal)],
  editChange: [
    'change.edit',
    async (office, actor) => editChange(office, actor, await propose(office, editor, {}), proposal),
  ],
  submitChange: [
    'change.submit',
    async (office, actor) => submitChange(office, actor, await propose(office, editor, {})),
  ],
  commentChange: [
    'change.comment',
    async (office, actor) => commentChange(office, actor, (await propose(office, editor, {})).id, 'Why?'),
  ],
  withdrawChange: [
    'change.withdraw',
    async (office, actor) => withdrawChange(office, actor, await propose(office, editor, {})),
  ],
  approveChange: [
    'change.approve',
    async (office, actor) => approveChange(office, actor, await ready(office)),
  ],
  publishChange: [
    'change.publish',
    async (office, actor) => publishChange(office, actor, await ready(office)),
  ],
  scheduleChange: [
    'change.schedule',
    async (office, actor) => scheduleChange(office, actor, await ready(office), office.now + 60),
  ],
  unscheduleChange: [
    'change.schedule',
    async (office, actor) => {
      const change = done(await scheduleChange(office, editor, await ready(office), office.now + 60))
      return unscheduleChange(office, actor, change)
    },
  ],
  reviewChange: [
    'change.read',
    async (office, actor) => reviewChange(office, actor, (await propose(office, editor, {})).id),
  ],
  returnToRevision: [
    'revision.return',
    (office, actor) => returnToRevision(office, actor, { serial: 1, reason: 'It was better.' }),
  ],
  exportPolicy: ['policy.read', (office, actor) => exportPolicy(office, actor)],
  planPolicy: ['policy.plan', (office, actor) => planPolicy(office, actor, file)],
  applyPolicy: ['policy.apply', (office, actor) => applyPolicy(office, actor, { file })],
  listChanges: ['change.read', (office, actor) => listChanges(office, actor, { limit: 10 })],
  listRevisions: ['revision.read', (office, actor) => listRevisions(office, actor, { limit: 10 })],
  compareRevisions: ['revision.read', (office, actor) => compareRevisions(office, actor, { from: 1, to: 2 })],
  listAudit: ['audit.read', (office, actor) => listAudit(office, actor, { limit: 10 })],
  verifyAudit: ['audit.verify', (office, actor) => verifyAudit(office, actor)],
  exportAudit: [
    'audit.export',
    (office, actor) => exportAudit(office, actor, { form: 'csv', write: async () => {} }),
  ],
}

async function attempt(deed: Deed, held: Actor['roles']): Promise<readonly [string, readonly string[]]> {
  const office = openOffice()
  await publish(office, { playground: shown })
  await publish(office, { playground: hidden }, 1)
  const actor: Actor = { kind: 'administrator', id: 'dora', name: 'Dora', roles: held }
  const outcome = codeOf(await deed(office, actor))
  const byActor = await office.audit.list({ limit: 100, actorId: 'dora' })
  assert.notEqual(byActor, 'unavailable')
  return [outcome, byActor === 'unavailable' ? [] : byActor.map(({ kind }) => kind)]
}

for (const [name, [operation, deed]] of Object.entries(deeds)) {
  for (const role of roles) {
    const expected = mayDo([role], operation) ? 'ok' : 'forbidden'
    test(`${name} answers ${expected} to the role ${role}`, async () => {
      const [outcome, events] = await attempt(deed, [role])
      assert.equal(outcome, expected)
      if (expected === 'forbidden') assert.deepEqual(events, [])
    })
  }
  test(`${name} answers forbidden to somebody without a role`, async () => {
    assert.deepEqual(await attempt(deed, []), ['forbidden', []])
  })
}

test('somebody without the right role does not learn whether a change exists', async () => {
  const office = openOffice()
  const viewer: Actor = { kind: 'administrator', id: 'dora', name: 'Dora', roles: ['viewer'] }
  assert.equal(codeOf(await publishChange(office, viewer, { id: 'none', version: 1 })), 'forbidden')
  assert.deepEqual(await told(office), [])
})
