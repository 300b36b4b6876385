import assert from 'node:assert/strict'
import { test } from 'node:test'
import { singleLayer } from '../../../domain/policy/single-layer.ts'
import {
  codeOf,
  done,
  editor,
  hidden,
  inForce,
  openOffice,
  publish,
  shown,
} from '../changes/governance.fixture.ts'
import { publishChange } from '../changes/publish-change.ts'
import { submitChange } from '../changes/submit-change.ts'
import { returnToRevision } from './return-to-revision.ts'

const asked = { serial: 1, reason: 'It was better.' }

test('makes a change that brings the older policy back as a new revision', async () => {
  const office = openOffice()
  await publish(office, { playground: hidden })
  await publish(office, { playground: shown, assistant: hidden }, 1)
  const { change } = done(await returnToRevision(office, editor, asked))
  assert.deepEqual([change.title, change.state, change.baseSerial], ['Return to revision 1', 'draft', 2])
  assert.deepEqual(await inForce(office), singleLayer({ playground: shown, assistant: hidden }))
  const { revision } = done(
    await publishChange(office, editor, done(await submitChange(office, editor, change))),
  )
  assert.equal(revision.serial, 3)
  assert.deepEqual(await inForce(office), singleLayer({ playground: hidden }))
})

test('what is published before the return is a conflict only where both say something else', async () => {
  const office = openOffice()
  await publish(office, { playground: hidden })
  await publish(office, { playground: shown }, 1)
  const { change } = done(await returnToRevision(office, editor, asked))
  const submitted = done(await submitChange(office, editor, change))
  await publish(office, { playground: shown, assistant: hidden }, 2)
  done(await publishChange(office, editor, submitted))
  assert.deepEqual(await inForce(office), singleLayer({ playground: hidden, assistant: hidden }))
})

for (const [title, serial, code] of [
  ['the policy that is in force', 2, 'no_difference'],
  ['a revision that does not exist', 9, 'unknown_revision'],
  ['a revision that is damaged', 1, 'damaged_revision'],
] as const) {
  test(`makes no change for ${title}`, async () => {
    const office = openOffice()
    await publish(office, { playground: hidden })
    await publish(office, { playground: shown }, 1)
    if (code === 'damaged_revision') office.database.damageRevision(1)
    assert.equal(codeOf(await returnToRevision(office, editor, { ...asked, serial })), code)
  })
}

test('asks for a reason', async () => {
  const office = openOffice()
  await publish(office, { playground: hidden })
  await publish(office, { playground: shown }, 1)
  assert.equal(codeOf(await returnToRevision(office, editor, { serial: 1, reason: ' ' })), 'words')
})
