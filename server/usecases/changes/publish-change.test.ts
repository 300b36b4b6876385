import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Change } from '../../../domain/changes/change.ts'
import { canonicalJson } from '../../../domain/envelope/canonical-json.ts'
import { singleLayer } from '../../../domain/policy/single-layer.ts'
import { corpusPem, corpusTime, day } from '../../../domain/policy/testing/corpus-document.ts'
import { checkRevision } from '../../../domain/revisions/revision.ts'
import { verifyAudit } from '../audit/verify-audit.ts'
import { approveChange } from './approve-change.ts'
import { editChange } from './edit-change.ts'
import {
  approver,
  available,
  codeOf,
  done,
  editor,
  hidden,
  inForce,
  openOffice,
  owner,
  propose,
  publish,
  readyChange,
  seen,
  shown,
  told,
} from './governance.fixture.ts'
import { publishChange } from './publish-change.ts'
import { reviewChange } from './review-change.ts'
import { submitChange } from './submit-change.ts'
import { withdrawChange } from './withdraw-change.ts'

test('publishes an approved change as the next revision, with its event', async () => {
  const office = openOffice(1)
  const { revision } = await publish(office, { playground: hidden })
  assert.equal(revision.serial, 1)
  assert.equal(revision.text, canonicalJson(singleLayer({ playground: hidden })))
  assert.equal(revision.publishedAt, office.now)
  assert.equal(revision.author.id, 'ben')
  assert.deepEqual(
    revision.approvers.map(({ id }) => id),
    ['cleo'],
  )
  assert.equal(checkRevision(revision, office.sha256), true)
  assert.deepEqual(await told(office), [
    'change.proposed id1',
    'change.submitted id1',
    'change.approved id1',
    'revision.published 1',
  ])
  const change = available(await office.changes.get('id1'))
  assert.equal(change?.state, 'published')
  assert.equal(change?.publishedSerial, 1)
})

test('the event of a publish says what changed, in words and in data', async () => {
  const office = openOffice()
  await publish(office, { playground: hidden })
  const [event] = available(await office.audit.list({ limit: 1 }))
  assert.ok(event?.kind === 'revision.published')
  assert.match(event.words, /^Published revision 1, “A title”\. Playground: Not governed → Enforced/)
  assert.deepEqual(event.before, [])
  assert.deepEqual(event.after, [{ layer: 'organisation', directive: 'playground', entry: hidden }])
  assert.deepEqual([event.data.approvalsRequired, event.data.approvals, event.data.changeId], [0, 0, 'id1'])
})

test('merges what was published since the change was written', async () => {
  const office = openOffice()
  const mine = await readyChange(office, { playground: hidden })
  await publish(office, { assistant: hidden })
  const { revision } = done(await publishChange(office, editor, mine))
  assert.equal(revision.serial, 2)
  assert.deepEqual(await inForce(office), singleLayer({ playground: hidden, assistant: hidden }))
})

test('answers with both sides where the same directive was published otherwise, and publishes nothing', async () => {
  const office = openOffice()
  const mine = await readyChange(office, { playground: hidden, assistant: hidden })
  await publish(office, { playground: shown })
  const outcome = await publishChange(office, editor, mine)
  assert.deepEqual(outcome, {
    ok: false,
    problem: {
      code: 'conflict',
      serial: 1,
      conflicts: [
        {
          kind: 'directive',
          layer: { id: 'organisation', name: 'Organisation' },
          key: 'playground',
          ours: hidden,
          theirs: shown,
        },
      ],
      draft: singleLayer({ playground: hidden, assistant: hidden }),
    },
  })
  assert.deepEqual(await inForce(office), singleLayer({ playground: shown }))
  assert.equal(available(await office.changes.get(mine.id))?.state, 'approved')
})

test('a conflict that a person has decided can be published', async () => {
  const office = openOffice()
  const mine = await readyChange(office, { playground: hidden })
  await publish(office, { playground: shown })
  const edited = done(
    await editChange(office, editor, mine, {
      title: 'A title',
      reason: 'A reason',
      baseSerial: 1,
      document: singleLayer({ playground: hidden }),
    }),
  ).change
  const { revision } = done(await publishChange(office, editor, edited))
  assert.equal(revision.serial, 2)
  assert.deepEqual(await inForce(office), singleLayer({ playground: hidden }))
})

test('publishes nothing where the policy in force says it already', async () => {
  const office = openOffice()
  const mine = await readyChange(office, { playground: hidden })
  await publish(office, { playground: hidden })
  const events = await told(office)
  assert.equal(codeOf(await publishChange(office, editor, mine)), 'no_difference')
  assert.deepEqual(await told(office), events)
})

test('publishes nothing that is too large when two changes come together', async () => {
  const office = openOffice()
  const names = Array.from({ length: 45 }, (_, index) => [`V_${index}`, 'a b '.repeat(1000)] as const)
  const large = (id: string) => ({
    id,
    name: id,
    directives: { build_env: { value: Object.fromEntries(names), enforcement: 'default' } } as const,
  })
  const [organisation] = singleLayer({}).layers
  assert.ok(organisation)
  const one = await readyChange(office, { layers: [organisation, large('a')] })
  const other = await readyChange(office, { layers: [organisation, large('b')] })
  done(await publishChange(office, editor, one))
  assert.equal(codeOf(await publishChange(office, editor, other)), 'invalid_policy')
  assert.equal((await inForce(office)).layers.length, 2)
})

test('publishes nothing that has become invalid since it was written', async () => {
  const office = openOffice()
  const pem = corpusPem({ notAfter: corpusTime + day })
  const mine = await readyChange(office, { ca_certificate: { value: { pem }, enforcement: 'enforced' } })
  office.now = corpusTime + 2 * day
  assert.equal(codeOf(await publishChange(office, editor, mine)), 'invalid_policy')
})

test('a certificate in force that has expired does not keep its successor from being published', async () => {
  const office = openOffice()
  const pem = corpusPem({ notAfter: corpusTime + day })
  await publish(office, { ca_certificate: { value: { pem }, enforcement: 'enforced' } })
  office.now = corpusTime + 2 * day
  const next = corpusPem({ notBefore: corpusTime, notAfter: corpusTime + 300 * day })
  const { revision } = await publish(
    office,
    { ca_certificate: { value: { pem: next }, enforcement: 'enforced' } },
    1,
  )
  assert.equal(revision.serial, 2)
})

test('publishes nothing of a stored change that is no policy any more', async () => {
  const office = openOffice()
  const mine = await readyChange(office, { playground: hidden })
  const damaged = { ...mine, document: { layers: [{ id: 'organisation' }] } } as unknown as Change
  const broken = { ...office, changes: { ...office.changes, get: async () => damaged } }
  assert.equal(codeOf(await publishChange(broken, editor, mine)), 'invalid_policy')
  const review = done(await reviewChange(broken, approver, mine.id))
  assert.deepEqual(
    review.obstacles.map(({ code }) => code),
    ['invalid_policy'],
  )
})

test('needs the approvals that are required now', async () => {
  const office = openOffice(1)
  const mine = await readyChange(office, { playground: hidden })
  office.required = 2
  assert.equal(codeOf(await publishChange(office, editor, mine)), 'approvals_missing')
  office.required = 0
  assert.equal(codeOf(await publishChange(office, editor, mine)), 'ok')
})

test('an edit after the approval is not published before it is approved again', async () => {
  const office = openOffice(1)
  const mine = await readyChange(office, { playground: hidden })
  const edited = done(
    await editChange(office, editor, mine, {
      title: 'A title',
      reason: 'A reason',
      baseSerial: 0,
      document: singleLayer({ playground: hidden, assistant: hidden }),
    }),
  ).change
  assert.equal(codeOf(await publishChange(office, editor, mine)), 'moved')
  assert.equal(codeOf(await publishChange(office, editor, edited)), 'approvals_missing')
  const approved = done(await approveChange(office, approver, edited))
  assert.equal(codeOf(await publishChange(office, editor, approved)), 'ok')
})

test('an owner who wrote the change cannot approve it', async () => {
  const office = openOffice(1)
  const mine = done(await submitChange(office, owner, await propose(office, owner, { playground: hidden })))
  assert.equal(codeOf(await approveChange(office, owner, mine)), 'own_change')
})

test('publishes no draft, nothing withdrawn, nothing twice and nothing unknown', async () => {
  const office = openOffice()
  const draft = await propose(office, editor, { playground: hidden })
  assert.equal(codeOf(await publishChange(office, editor, draft)), 'not_submitted')
  const withdrawn = done(await withdrawChange(office, editor, draft))
  assert.equal(codeOf(await publishChange(office, editor, withdrawn)), 'closed')
  const mine = await readyChange(office, { playground: hidden })
  done(await publishChange(office, editor, mine))
  assert.equal(codeOf(await publishChange(office, editor, mine)), 'moved')
  const version = mine.version + 1
  assert.equal(codeOf(await publishChange(office, editor, { id: mine.id, version })), 'closed')
  assert.equal(codeOf(await publishChange(office, editor, { id: 'none', version: 1 })), 'not_found')
})

test('twenty changes published at once make twenty revisions, and each is in the last one', async () => {
  const office = openOffice()
  const layers = Array.from({ length: 20 }, (_, index) => ({
    id: `l${index}`,
    name: `L${index}`,
    directives: {},
  }))
  const [organisation] = singleLayer({}).layers
  assert.ok(organisation)
  const changes = []
  for (const layer of layers) changes.push(await readyChange(office, { layers: [organisation, layer] }))
  const outcomes = await Promise.all(changes.map((change) => publishChange(office, editor, seen(change))))
  assert.deepEqual(
    outcomes.map((outcome) => done(outcome).revision.serial).sort((one, other) => one - other),
    layers.map((_, index) => index + 1),
  )
  const ids = (await inForce(office)).layers.map(({ id }) => id)
  assert.deepEqual([...ids].sort(), ['organisation', ...layers.map(({ id }) => id)].sort())
  assert.equal(done(await verifyAudit(office, owner)).intact, true)
})

test('one change published twenty times at once becomes one revision', async () => {
  const office = openOffice()
  const change = await readyChange(office, { playground: hidden })
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => publishChange(office, editor, change)))
  assert.deepEqual(outcomes.map(codeOf).toSorted(), [...Array.from({ length: 19 }, () => 'moved'), 'ok'])
  assert.equal(available(await office.revisions.head())?.serial, 1)
})

test('continues above the highest serial that is known', async () => {
  const office = openOffice()
  await publish(office, { playground: hidden })
  const [event] = available(await office.audit.list({ limit: 1 }))
  assert.ok(event)
  await office.revisions.raiseSerialFloor(900, event)
  const { revision } = await publish(office, { playground: shown }, 1)
  assert.equal(revision.serial, 901)
})

test('refuses to date a revision before the one in force', async () => {
  const office = openOffice()
  await publish(office, { playground: hidden })
  const mine = await readyChange(office, { playground: shown }, 1)
  office.now = corpusTime - 61
  assert.deepEqual(await publishChange(office, editor, mine), {
    ok: false,
    problem: { code: 'clock_behind', seconds: 61 },
  })
  office.now = corpusTime - 60
  assert.equal(done(await publishChange(office, editor, mine)).revision.publishedAt, corpusTime)
})

test('publishes nothing onto a revision that is damaged', async () => {
  const office = openOffice()
  await publish(office, { playground: hidden })
  const mine = await readyChange(office, { assistant: hidden }, 0)
  office.database.damageRevision(1)
  assert.deepEqual(await publishChange(office, editor, mine), {
    ok: false,
    problem: { code: 'damaged_revision', serial: 1 },
  })
})

test('says that the database is away, and publishes when it is back', async () => {
  const office = openOffice()
  const mine = await readyChange(office, { playground: hidden })
  office.database.goAway(0)
  assert.equal(codeOf(await publishChange(office, editor, mine)), 'unavailable')
  office.database.comeBack()
  assert.equal(codeOf(await publishChange(office, editor, mine)), 'ok')
})
