import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { localActor } from '../../../domain/actor.ts'
import { checkPolicyDocument } from '../../../domain/policy/check-policy-document.ts'
import { singleLayer } from '../../../domain/policy/single-layer.ts'
import { corpusContext } from '../../../domain/policy/testing/corpus-document.ts'
import { policyDocument } from '../../../domain/policy/testing/policy-arbitraries.ts'
import {
  available,
  codeOf,
  done,
  editor,
  hidden,
  inForce,
  type Office,
  openOffice,
  owner,
  publish,
  shown,
  told,
} from '../changes/governance.fixture.ts'
import { applyPolicy } from './apply-policy.ts'
import { exportPolicy } from './export-policy.ts'
import { planPolicy } from './plan-policy.ts'

const root = localActor('root')
const text = (value: unknown) => ({ text: JSON.stringify(value) })

const appliedAs = async (office: Office, value: unknown, allowDelete = false) =>
  done(await applyPolicy(office, root, { file: text(value), allowDelete }))

test('publishes what a file says', async () => {
  const office = openOffice()
  const applied = await appliedAs(office, { playground: hidden })
  assert.deepEqual([applied.kind, 'serial' in applied && applied.serial], ['published', 1])
  assert.deepEqual(await inForce(office), singleLayer({ playground: hidden }))
  assert.deepEqual(await told(office), ['revision.published 1'])
})

test('writes no revision and no event where nothing differs', async () => {
  const office = openOffice()
  await appliedAs(office, { playground: hidden })
  assert.deepEqual(await appliedAs(office, { playground: hidden }), { kind: 'unchanged', serial: 1 })
  assert.deepEqual(await appliedAs(office, singleLayer({ playground: hidden })), {
    kind: 'unchanged',
    serial: 1,
  })
  assert.deepEqual(await told(office), ['revision.published 1'])
})

test('writes nothing where an empty file meets an empty database', async () => {
  const office = openOffice()
  assert.deepEqual(await appliedAs(office, {}), { kind: 'unchanged', serial: 0 })
  assert.deepEqual(await told(office), [])
})

test('refuses to remove what the file leaves out, unless that is allowed', async () => {
  const office = openOffice()
  await appliedAs(office, { playground: hidden, assistant: hidden })
  const outcome = await applyPolicy(office, root, { file: text({ playground: shown }) })
  assert.ok(!outcome.ok && outcome.problem.code === 'would_remove')
  assert.deepEqual(
    outcome.problem.removals.map(({ action, directive }) => [action, directive]),
    [['remove', 'assistant']],
  )
  assert.deepEqual(await inForce(office), singleLayer({ playground: hidden, assistant: hidden }))
  await appliedAs(office, { playground: shown }, true)
  assert.deepEqual(await inForce(office), singleLayer({ playground: shown }))
})

test('refuses to remove a layer by a file without layers, unless that is allowed', async () => {
  const office = openOffice()
  const [organisation] = singleLayer({}).layers
  await appliedAs(office, { layers: [organisation, { id: 'l2', name: 'Two', directives: {} }] })
  assert.equal(codeOf(await applyPolicy(office, root, { file: text({}) })), 'would_remove')
})

test('refuses an invalid file whole, with the places of its faults', async () => {
  const office = openOffice()
  const outcome = await applyPolicy(office, root, { file: text({ playground: hidden, assistant: 1 }) })
  assert.ok(!outcome.ok && outcome.problem.code === 'invalid_policy')
  assert.deepEqual(
    outcome.problem.problems.map(({ path }) => path),
    ['/assistant'],
  )
  assert.deepEqual(await told(office), [])
})

test('does nothing where another revision is in force than the one that was planned on', async () => {
  const office = openOffice()
  const plan = done(await planPolicy(office, root, text({ playground: hidden })))
  await publish(office, { assistant: hidden })
  const file = text({ playground: hidden })
  const outcome = await applyPolicy(office, root, { file, expectedSerial: plan.serial, allowDelete: true })
  assert.deepEqual(outcome, { ok: false, problem: { code: 'another_revision', serial: 1 } })
})

test('a plan changes nothing', async () => {
  const office = openOffice()
  const plan = done(await planPolicy(office, root, text({ playground: hidden })))
  assert.deepEqual(
    plan.changes.map(({ action, words }) => [action, words]),
    [['add', 'Playground: Not governed → Enforced']],
  )
  assert.deepEqual([plan.serial, plan.damaged], [0, false])
  assert.deepEqual(await told(office), [])
})

test('makes a change that waits where approvals are required', async () => {
  const office = openOffice(1)
  const applied = done(await applyPolicy(office, editor, { file: text({ playground: hidden }) }))
  assert.ok(applied.kind === 'submitted')
  assert.equal(available(await office.changes.get(applied.changeId))?.state, 'in_review')
  assert.equal(available(await office.revisions.head()), undefined)
  assert.deepEqual(done(await applyPolicy(office, editor, { file: text({}) })), {
    kind: 'unchanged',
    serial: 0,
  })
})

test('an owner over the network cannot go around the approvals either', async () => {
  const office = openOffice(2)
  assert.equal(
    done(await applyPolicy(office, owner, { file: text({ playground: hidden }) })).kind,
    'submitted',
  )
})

test('a command on the machine publishes without the approvals, and the log says so', async () => {
  const office = openOffice(2)
  assert.equal((await appliedAs(office, { playground: hidden })).kind, 'published')
  const [event] = available(await office.audit.list({ limit: 1 }))
  assert.ok(event?.kind === 'revision.published')
  assert.match(event.words, /without the 2 missing approvals/)
  assert.deepEqual([event.data.approvalsRequired, event.data.approvals], [2, 0])
})

test('a file brings the policy back when the newest revision is damaged, if removals are allowed', async () => {
  const office = openOffice()
  await appliedAs(office, { playground: hidden })
  await appliedAs(office, { playground: shown })
  office.database.damageRevision(2)
  const plan = done(await planPolicy(office, root, text({ playground: shown })))
  assert.deepEqual([plan.serial, plan.damaged, plan.changes.length], [2, true, 1])
  assert.equal(
    codeOf(await applyPolicy(office, root, { file: text({ playground: hidden }) })),
    'damaged_revision',
  )
  await appliedAs(office, { playground: hidden }, true)
  assert.deepEqual(await inForce(office), singleLayer({ playground: hidden }))
  assert.equal(available(await office.revisions.head())?.serial, 3)
})

test('twenty files applied at once: each is whole in one revision, and one of them is in force', async () => {
  const office = openOffice()
  const names = Array.from({ length: 20 }, (_, index) => `V_${index}`)
  const applied = await Promise.all(
    names.map((name) => appliedAs(office, { build_env: { value: { [name]: 'x' }, enforcement: 'default' } })),
  )
  assert.deepEqual(
    applied.map((each) => ('serial' in each ? each.serial : 0)).sort((one, other) => one - other),
    names.map((_, index) => index + 1),
  )
})

test('exports the revision that is asked for, and says when there is none', async () => {
  const office = openOffice()
  assert.deepEqual(done(await exportPolicy(office, root)), { serial: 0, text: '{}\n' })
  await appliedAs(office, { playground: hidden })
  await appliedAs(office, { playground: shown })
  assert.equal(done(await exportPolicy(office, root)).serial, 2)
  const older = done(await exportPolicy(office, root, { serial: 1 }))
  assert.deepEqual(JSON.parse(older.text), { playground: hidden })
  for (const serial of [3, -1, 0.5]) {
    assert.equal(codeOf(await exportPolicy(office, root, { serial })), 'unknown_revision')
  }
})

test('to apply what was exported changes nothing, whatever the policy', async () => {
  const valid = policyDocument.filter((document) => checkPolicyDocument(document, corpusContext).ok)
  await fc.assert(
    fc.asyncProperty(valid, valid, async (one, other) => {
      const office = openOffice()
      await appliedAs(office, one, true)
      await appliedAs(office, other, true)
      const exported = done(await exportPolicy(office, root))
      const before = await told(office)
      const applied = done(await applyPolicy(office, root, { file: { text: exported.text } }))
      assert.deepEqual(applied, { kind: 'unchanged', serial: exported.serial })
      assert.deepEqual(await told(office), before)
    }),
    { numRuns: 50 },
  )
})
