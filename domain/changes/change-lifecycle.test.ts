import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ActorName } from '../actor.ts'
import { singleLayer } from '../policy/single-layer.ts'
import { ada, ben, cleo, draft, hidden } from './change.fixture.ts'
import { type Change, type ChangeState, changeStates } from './change.ts'
import {
  approveChange,
  editChange,
  FURTHEST_SCHEDULE,
  refusePublishing,
  scheduleChange,
  submitChange,
  unscheduleChange,
  withdrawChange,
} from './change-lifecycle.ts'
import type { LifecycleProblem } from './change-problem.ts'

const NOW = 2000
const edit = { title: 'T', reason: 'R', baseSerial: 2, document: singleLayer({ assistant: hidden }) }

/** Each state as it comes about where one approval is required. */
const states: Readonly<Record<ChangeState, Change>> = {
  draft: draft(),
  in_review: draft({ state: 'in_review', version: 2 }),
  approved: draft({
    state: 'approved',
    version: 3,
    approvals: [{ by: ben, at: 1500, version: 2 }],
    scheduledFor: 5000,
  }),
  published: draft({ state: 'published', version: 4, publishedSerial: 2 }),
  withdrawn: draft({ state: 'withdrawn', version: 4 }),
}

const steps = {
  edit: (change: Change) => editChange(change, edit, ada, NOW),
  submit: (change: Change) => submitChange(change, 1, NOW),
  approve: (change: Change) => approveChange(change, cleo, 1, NOW),
  withdraw: (change: Change) => withdrawChange(change, NOW),
  schedule: (change: Change) => scheduleChange(change, 9000, 1, NOW),
  unschedule: (change: Change) => unscheduleChange(change, NOW),
} as const

type Expected = ChangeState | LifecycleProblem['code']

const table: Readonly<Record<keyof typeof steps, Readonly<Record<ChangeState, Expected>>>> = {
  edit: {
    draft: 'draft',
    in_review: 'in_review',
    approved: 'in_review',
    published: 'closed',
    withdrawn: 'closed',
  },
  submit: {
    draft: 'in_review',
    in_review: 'already_submitted',
    approved: 'already_submitted',
    published: 'closed',
    withdrawn: 'closed',
  },
  approve: {
    draft: 'not_submitted',
    in_review: 'approved',
    approved: 'approved',
    published: 'closed',
    withdrawn: 'closed',
  },
  withdraw: {
    draft: 'withdrawn',
    in_review: 'withdrawn',
    approved: 'withdrawn',
    published: 'closed',
    withdrawn: 'closed',
  },
  schedule: {
    draft: 'not_submitted',
    in_review: 'approvals_missing',
    approved: 'approved',
    published: 'closed',
    withdrawn: 'closed',
  },
  unschedule: {
    draft: 'not_scheduled',
    in_review: 'not_scheduled',
    approved: 'approved',
    published: 'closed',
    withdrawn: 'closed',
  },
}

for (const [name, take] of Object.entries(steps)) {
  for (const state of changeStates) {
    const expected = table[name as keyof typeof steps][state]
    test(`answers ${expected} to the step “${name}” of a change that is ${state}`, () => {
      const before = structuredClone(states[state])
      const outcome = take(states[state])
      assert.equal(outcome.ok ? outcome.value.state : outcome.problem.code, expected)
      assert.deepEqual(states[state], before)
      if (outcome.ok) {
        assert.equal(outcome.value.version, before.version + 1)
        assert.equal(outcome.value.updatedAt, NOW)
      }
    })
  }
}

test('approves at once what needs no approval', () => {
  const outcome = submitChange(draft(), 0, NOW)
  assert.ok(outcome.ok)
  assert.equal(outcome.value.state, 'approved')
  assert.equal(refusePublishing(outcome.value, 0), undefined)
})

test('waits for the second person where two approvals are required', () => {
  const first = approveChange(states.in_review, ben, 2, NOW)
  assert.ok(first.ok)
  assert.equal(first.value.state, 'in_review')
  assert.deepEqual(refusePublishing(first.value, 2), { code: 'approvals_missing', required: 2, given: 1 })
  const second = approveChange(first.value, cleo, 2, NOW)
  assert.ok(second.ok)
  assert.equal(second.value.state, 'approved')
  assert.deepEqual(
    second.value.approvals.map(({ by, version }) => [by.id, version]),
    [
      ['ben', 2],
      ['cleo', 3],
    ],
  )
})

test('an edit voids every approval and the time that was set', () => {
  const outcome = editChange(states.approved, edit, ada, NOW)
  assert.ok(outcome.ok)
  assert.deepEqual(outcome.value.approvals, [])
  assert.equal('scheduledFor' in outcome.value, false)
  assert.equal(refusePublishing(outcome.value, 1)?.code, 'approvals_missing')
})

test('counts approvals anew when more are required than when it was approved', () => {
  assert.equal(refusePublishing(states.approved, 1), undefined)
  assert.deepEqual(refusePublishing(states.approved, 2), {
    code: 'approvals_missing',
    required: 2,
    given: 1,
  })
})

const tokenOfAda: ActorName = { kind: 'api_token', id: 't1', name: 'CI', onBehalfOf: 'ada' }
const editedByBen = editChange(states.in_review, edit, ben, NOW)
assert.ok(editedByBen.ok)
const writtenByToken = draft({ state: 'in_review', author: tokenOfAda, contributors: [tokenOfAda] })

for (const [title, change, by, code] of [
  ['the author', states.in_review, ada, 'own_change'],
  ['the author under another name', states.in_review, { ...ada, name: 'A. L.' }, 'own_change'],
  ['somebody who edited it', editedByBen.value, ben, 'own_change'],
  ['the person behind the token that wrote it', writtenByToken, ada, 'own_change'],
  ['an API token', states.in_review, { ...tokenOfAda, onBehalfOf: 'ben' }, 'not_a_person'],
  ['a command on the machine', states.in_review, { kind: 'local', id: 'root', name: 'root' }, 'not_a_person'],
  ['the manager itself', states.in_review, { kind: 'system', id: 'manager', name: 'm' }, 'not_a_person'],
  ['one person twice', states.approved, ben, 'already_approved'],
] as const) {
  test(`takes no approval by ${title}`, () => {
    const outcome = approveChange(change, by, 2, NOW)
    assert.deepEqual(outcome, { ok: false, problem: { code } })
  })
}

test('an administrator whose id is that of a token or user of another kind is another person', () => {
  const written = draft({ state: 'in_review', contributors: [{ kind: 'local', id: 'ben', name: 'ben' }] })
  assert.equal(approveChange(written, ben, 1, NOW).ok, true)
})

for (const [title, at, code] of [
  ['now', NOW, 'time_not_ahead'],
  ['in the past', NOW - 1, 'time_not_ahead'],
  ['at no time at all', Number.NaN, 'time_not_ahead'],
  ['more than a year ahead', NOW + FURTHEST_SCHEDULE + 1, 'time_too_far'],
] as const) {
  test(`does not schedule a change ${title}`, () => {
    assert.deepEqual(scheduleChange(states.approved, at, 1, NOW), { ok: false, problem: { code } })
  })
}

test('schedules a change a year ahead', () => {
  const outcome = scheduleChange(states.approved, NOW + FURTHEST_SCHEDULE, 1, NOW)
  assert.ok(outcome.ok)
  assert.equal(outcome.value.scheduledFor, NOW + FURTHEST_SCHEDULE)
})

test('is never older than it was when the clock goes back', () => {
  const outcome = submitChange(draft(), 1, 10)
  assert.ok(outcome.ok)
  assert.equal(outcome.value.updatedAt, 1000)
})
