import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type ActorName, samePerson } from '../actor.ts'
import { singleLayer } from '../policy/single-layer.ts'
import { ada, ben, cleo, draft, hidden, shown } from './change.fixture.ts'
import type { Change, RequiredApprovals } from './change.ts'
import {
  approveChange,
  editChange,
  refusePublishing,
  scheduleChange,
  submitChange,
  unscheduleChange,
  withdrawChange,
} from './change-lifecycle.ts'

type Move =
  | { readonly step: 'edit'; readonly by: ActorName; readonly hide: boolean }
  | { readonly step: 'approve'; readonly by: ActorName }
  | { readonly step: 'submit' | 'withdraw' | 'schedule' | 'unschedule' }

const token: ActorName = { kind: 'api_token', id: 't', name: 'CI', onBehalfOf: 'ben' }
const person = fc.constantFrom(ada, ben, cleo, token)
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ step: fc.constant('edit' as const), by: person, hide: fc.boolean() }) },
  { weight: 5, arbitrary: fc.record({ step: fc.constant('approve' as const), by: person }) },
  {
    weight: 6,
    arbitrary: fc.record({
      step: fc.constantFrom('submit' as const, 'submit', 'schedule', 'schedule', 'unschedule', 'withdraw'),
    }),
  },
)

interface Story {
  readonly change: Change
  /** Who agreed to the document as it is now, noted apart from the change. */
  readonly agreed: readonly ActorName[]
  readonly wrote: readonly ActorName[]
}

function take({ change, agreed, wrote }: Story, next: Move, required: RequiredApprovals, now: number): Story {
  const outcome = step(change, next, required, now)
  if (!outcome.ok) return { change, agreed, wrote }
  if (next.step === 'edit') return { change: outcome.value, agreed: [], wrote: [...wrote, next.by] }
  return { change: outcome.value, agreed: next.step === 'approve' ? [...agreed, next.by] : agreed, wrote }
}

function step(change: Change, next: Move, required: RequiredApprovals, now: number) {
  switch (next.step) {
    case 'edit': {
      const document = singleLayer({ playground: next.hide ? hidden : shown })
      return editChange(change, { title: 'T', reason: 'R', baseSerial: 1, document }, next.by, now)
    }
    case 'approve':
      return approveChange(change, next.by, required, now)
    case 'submit':
      return submitChange(change, required, now)
    case 'withdraw':
      return withdrawChange(change, now)
    case 'schedule':
      return scheduleChange(change, now + 100, required, now)
    case 'unschedule':
      return unscheduleChange(change, now)
  }
}

const required = fc.constantFrom<RequiredApprovals>(0, 1, 2)

test('whatever happens, a change that can be published has its approvals, by people who wrote none of it', () => {
  fc.assert(
    fc.property(required, fc.array(move, { maxLength: 25 }), (needed, moves) => {
      let story: Story = { change: draft(), agreed: [], wrote: [ada] }
      let now = 1000
      for (const next of moves) {
        now += 1
        const before = story.change
        story = take(story, next, needed, now)
        if (story.change !== before) assert.equal(story.change.version, before.version + 1)
      }
      const { change, agreed, wrote } = story
      assert.deepEqual(
        change.approvals.map(({ by }) => by),
        agreed,
      )
      if (refusePublishing(change, needed) !== undefined) return
      assert.equal(agreed.length >= needed, true)
      assert.equal(new Set(agreed.map(({ id }) => id)).size, agreed.length)
      for (const approver of agreed) {
        assert.equal(approver.kind, 'administrator')
        assert.equal(
          wrote.some((writer) => samePerson(writer, approver)),
          false,
        )
      }
    }),
    { numRuns: 2000 },
  )
})

test('whatever happens, a time is set only for what was approved, and nothing follows the end', () => {
  fc.assert(
    fc.property(required, fc.array(move, { maxLength: 25 }), (needed, moves) => {
      let story: Story = { change: draft(), agreed: [], wrote: [ada] }
      let now = 1000
      let ended: Change | undefined
      for (const next of moves) {
        now += 1
        story = take(story, next, needed, now)
        if (ended !== undefined) assert.equal(story.change, ended)
        if (story.change.state === 'withdrawn') ended = story.change
        if (story.change.scheduledFor !== undefined) assert.equal(story.change.state, 'approved')
      }
    }),
    { numRuns: 1000 },
  )
})
