import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listAudit } from '../audit/list-audit.ts'
import {
  codeOf,
  done,
  hidden,
  openOffice,
  owner,
  propose,
  publish,
  shown,
} from '../changes/governance.fixture.ts'
import { listChanges } from '../changes/list-changes.ts'
import { compareRevisions } from './compare-revisions.ts'
import { listRevisions } from './list-revisions.ts'

test('lists revisions from the newest on, without their policies, and says which is damaged', async () => {
  const office = openOffice()
  await publish(office, { playground: hidden })
  await publish(office, { playground: shown }, 1)
  await publish(office, { playground: hidden }, 2)
  office.database.damageRevision(2)
  const page = done(await listRevisions(office, owner, { limit: 10 }))
  assert.deepEqual(
    page.map(({ serial, intact }) => [serial, intact]),
    [
      [3, true],
      [2, false],
      [1, true],
    ],
  )
  assert.equal(
    page.some((summary) => 'text' in summary),
    false,
  )
  assert.deepEqual(Object.keys(page[1] ?? {}), ['intact', 'serial'])
  assert.deepEqual(
    done(await listRevisions(office, owner, { before: 2, limit: 10 })).map(({ serial }) => serial),
    [1],
  )
})

test('compares any two revisions, in both directions, and with the empty policy', async () => {
  const office = openOffice()
  await publish(office, { playground: hidden })
  await publish(office, { playground: hidden, assistant: hidden }, 1)
  const actions = async (from: number, to: number) =>
    done(await compareRevisions(office, owner, { from, to })).map(({ action, directive }) => [
      action,
      directive,
    ])
  assert.deepEqual(await actions(1, 2), [['add', 'assistant']])
  assert.deepEqual(await actions(2, 1), [['remove', 'assistant']])
  assert.deepEqual(await actions(0, 1), [['add', 'playground']])
  assert.deepEqual(await actions(2, 2), [])
  assert.equal(codeOf(await compareRevisions(office, owner, { from: 1, to: 3 })), 'unknown_revision')
})

for (const [asked, length] of [
  [Number.POSITIVE_INFINITY, 100],
  [1_000_000, 100],
  [100, 100],
  [2.9, 2],
  [0, 1],
  [-5, 1],
  [Number.NaN, 1],
] as const) {
  test(`gives ${length} of a hundred and one where ${asked} are asked for`, async () => {
    const office = openOffice()
    for (const _ of Array.from({ length: 101 })) await propose(office, owner, {})
    assert.equal(done(await listChanges(office, owner, { limit: asked })).length, length)
    assert.equal(done(await listAudit(office, owner, { limit: asked })).length, length)
  })
}

test('says that the database is away', async () => {
  const office = openOffice()
  office.database.goAway(0)
  assert.equal(codeOf(await listChanges(office, owner, { limit: 1 })), 'unavailable')
  assert.equal(codeOf(await listRevisions(office, owner, { limit: 1 })), 'unavailable')
  assert.equal(codeOf(await listAudit(office, owner, { limit: 1 })), 'unavailable')
})
