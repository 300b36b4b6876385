import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commentChange } from './comment-change.ts'
import {
  approver,
  codeOf,
  done,
  editor,
  hidden,
  openOffice,
  propose,
  publish,
  readyChange,
  shown,
} from './governance.fixture.ts'
import { publishChange } from './publish-change.ts'
import { reviewChange } from './review-change.ts'

const obstacles = (review: { readonly obstacles: readonly { readonly code: string }[] }) =>
  review.obstacles.map(({ code }) => code)

test('shows what publishing would change now, what was said, and that nothing is in the way', async () => {
  const office = openOffice(1)
  await publish(office, { assistant: hidden })
  const change = await readyChange(office, { playground: hidden })
  done(await commentChange(office, approver, change.id, 'Good.'))
  const review = done(await reviewChange(office, approver, change.id))
  assert.deepEqual([review.serial, review.requiredApprovals, obstacles(review)], [1, 1, []])
  assert.deepEqual(
    review.effect.map(({ words }) => words),
    ['Playground: Not governed → Enforced'],
  )
  assert.deepEqual(
    review.comments.map(({ text }) => text),
    ['Good.'],
  )
})

test('shows every obstacle at once', async () => {
  const office = openOffice(1)
  const draft = await propose(office, editor, { playground: hidden })
  await publish(office, { playground: shown })
  assert.deepEqual(obstacles(done(await reviewChange(office, approver, draft.id))), [
    'not_submitted',
    'conflict',
  ])
})

test('shows the approvals that are missing', async () => {
  const office = openOffice()
  const change = await readyChange(office, { playground: hidden })
  office.required = 2
  assert.deepEqual(done(await reviewChange(office, approver, change.id)).obstacles, [
    { code: 'approvals_missing', required: 2, given: 0 },
  ])
})

test('shows the warnings that the published policy would have', async () => {
  const office = openOffice()
  const change = await readyChange(office, { non_registry_servers: hidden })
  const { warnings } = done(await reviewChange(office, approver, change.id))
  assert.deepEqual(
    warnings.map(({ code }) => code),
    ['needs_registry'],
  )
})

test('does not compare a published change with what came after it', async () => {
  const office = openOffice()
  const change = await readyChange(office, { playground: hidden })
  done(await publishChange(office, editor, change))
  await publish(office, { playground: shown }, 1)
  const review = done(await reviewChange(office, approver, change.id))
  assert.deepEqual([review.effect, obstacles(review)], [[], ['closed']])
})

test('knows no change that does not exist', async () => {
  assert.equal(codeOf(await reviewChange(openOffice(), approver, 'none')), 'not_found')
})
