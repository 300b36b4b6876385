import assert from 'node:assert/strict'
import { test } from 'node:test'
import { approveChange } from './approve-change.ts'
import { commentChange } from './comment-change.ts'
import { editChange } from './edit-change.ts'
import {
  approver,
  available,
  codeOf,
  done,
  editor,
  hidden,
  openOffice,
  owner,
  propose,
  seen,
  told,
} from './governance.fixture.ts'
import { proposeChange } from './propose-change.ts'
import { submitChange } from './submit-change.ts'
import { withdrawChange } from './withdraw-change.ts'

const words = { title: 'A title', reason: 'A reason' }

test('refuses a step on an older sight of the change, and says which version there is', async () => {
  const office = openOffice(1)
  const draft = await propose(office, editor, { playground: hidden })
  done(await submitChange(office, editor, draft))
  assert.deepEqual(await withdrawChange(office, editor, draft), {
    ok: false,
    problem: { code: 'moved', version: 2 },
  })
})

test('an approver does not approve what was edited a moment before', async () => {
  const office = openOffice(1)
  const change = done(
    await submitChange(office, editor, await propose(office, editor, { playground: hidden })),
  )
  const edit = editChange(office, editor, change, { ...words, baseSerial: 0, document: { layers: [] } })
  const approval = approveChange(office, approver, change)
  const outcomes = (await Promise.all([edit, approval])).map(codeOf)
  assert.deepEqual(outcomes.toSorted(), ['moved', 'ok'])
  const kept = available(await office.changes.get(change.id))
  assert.equal(kept?.version, change.version + 1)
})

test('two approvals at once do not lose one of them', async () => {
  const office = openOffice(2)
  const change = done(
    await submitChange(office, editor, await propose(office, editor, { playground: hidden })),
  )
  const outcomes = await Promise.all([
    approveChange(office, approver, change),
    approveChange(office, owner, change),
  ])
  assert.deepEqual(outcomes.map(codeOf).toSorted(), ['moved', 'ok'])
  assert.equal(available(await office.changes.get(change.id))?.approvals.length, 1)
})

for (const [title, over, code] of [
  ['without a title', { title: ' ' }, 'words'],
  ['without a reason', { reason: '' }, 'words'],
  ['with a title that steers a terminal', { title: 'a\u001b[2J' }, 'words'],
  ['with a policy that is none', { document: { layers: [{}] } }, 'invalid_policy'],
  ['with no document', { document: undefined }, 'invalid_policy'],
  ['that starts from a revision that does not exist', { baseSerial: 7 }, 'unknown_revision'],
  ['that starts from half a revision', { baseSerial: 0.5 }, 'unknown_revision'],
  ['that starts from before the first revision', { baseSerial: -1 }, 'unknown_revision'],
] as const) {
  test(`takes no change ${title}, neither new nor edited`, async () => {
    const office = openOffice()
    const input = { ...words, baseSerial: 0, document: { layers: [] }, ...over }
    const draft = await propose(office, editor, {})
    const before = await told(office)
    assert.equal(codeOf(await proposeChange(office, editor, input)), code)
    assert.equal(codeOf(await editChange(office, editor, draft, input)), code)
    assert.deepEqual(await told(office), before)
  })
}

test('an edit says in the log how many approvals are void', async () => {
  const office = openOffice(1)
  const change = done(
    await submitChange(office, editor, await propose(office, editor, { playground: hidden })),
  )
  const approved = done(await approveChange(office, approver, change))
  done(
    await editChange(office, editor, seen(approved), { ...words, baseSerial: 0, document: { layers: [] } }),
  )
  const [event] = available(await office.audit.list({ limit: 1 }))
  assert.ok(event?.kind === 'change.edited')
  assert.equal(event.data.voidedApprovals, 1)
  assert.match(event.words, /Approvals that are void now: 1\./)
})

test('keeps comments in their order, whatever becomes of the change', async () => {
  const office = openOffice()
  const draft = await propose(office, editor, { playground: hidden })
  done(await commentChange(office, approver, draft.id, ' First.\nSecond line. '))
  office.now += 1
  done(await withdrawChange(office, editor, draft))
  done(await commentChange(office, owner, draft.id, 'Last.'))
  const comments = available(await office.changes.comments(draft.id))
  assert.deepEqual(
    comments.map(({ by, text }) => [by.id, text]),
    [
      ['cleo', 'First.\nSecond line.'],
      ['ada', 'Last.'],
    ],
  )
})

test('takes no comment on a change that does not exist', async () => {
  const office = openOffice()
  assert.equal(codeOf(await commentChange(office, owner, 'none', 'Why?')), 'not_found')
  assert.deepEqual(await told(office), [])
})

test('a token that somebody writes into a comment or a title does not get into the log', async () => {
  const office = openOffice()
  const token = `ghp_${'aB3dE5gH7jK9'.repeat(3)}`
  const input = { title: `Use ${token}`, reason: 'R', baseSerial: 0, document: { layers: [] } }
  const { change } = done(await proposeChange(office, editor, input))
  done(await commentChange(office, editor, change.id, `It is ${token}.`))
  const events = available(await office.audit.read({ after: 0, limit: 10 }))
  assert.equal(JSON.stringify(events).includes(token), false)
})

test('says that the database is away, step by step', async () => {
  const office = openOffice()
  const draft = await propose(office, editor, { playground: hidden })
  office.database.goAway(0)
  const input = { ...words, baseSerial: 0, document: { layers: [] } }
  assert.equal(codeOf(await proposeChange(office, editor, input)), 'unavailable')
  assert.equal(codeOf(await submitChange(office, editor, draft)), 'unavailable')
  assert.equal(codeOf(await commentChange(office, editor, draft.id, 'Why?')), 'unavailable')
})
