import { type ActorName, actorName, samePerson } from '../actor.ts'
import type { PolicyDocument } from '../policy/policy-document.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Approval, Change, ChangeState, RequiredApprovals } from './change.ts'
import type { LifecycleProblem } from './change-problem.ts'

type Step = Result<Change, LifecycleProblem>

/** How far ahead a change may be scheduled, in seconds: what is further away is a slip of the calendar. */
export const FURTHEST_SCHEDULE = 366 * 24 * 3600

export interface Proposal {
  readonly id: string
  readonly title: string
  readonly reason: string
  readonly author: ActorName
  readonly baseSerial: number
  readonly document: PolicyDocument
}

export const startChange = (proposal: Proposal, now: number): Change => ({
  id: proposal.id,
  title: proposal.title,
  reason: proposal.reason,
  author: actorName(proposal.author),
  contributors: [actorName(proposal.author)],
  baseSerial: proposal.baseSerial,
  document: proposal.document,
  state: 'draft',
  version: 1,
  approvals: [],
  createdAt: now,
  updatedAt: now,
})

export type Edit = Pick<Proposal, 'title' | 'reason' | 'baseSerial' | 'document'>

/** Writes the change anew. Whatever was agreed to before is agreed to no more, and nothing is left scheduled. */
export function editChange(change: Change, edit: Edit, by: ActorName, now: number): Step {
  const closed = refuseClosed(change)
  if (closed !== undefined) return fail(closed)
  const { title, reason, baseSerial, document } = edit
  return ok({
    ...withoutSchedule(change),
    title,
    reason,
    baseSerial,
    document,
    state: change.state === 'draft' ? 'draft' : 'in_review',
    contributors: change.contributors.some((known) => samePerson(known, by))
      ? change.contributors
      : [...change.contributors, actorName(by)],
    approvals: [],
    ...stepped(change, now),
  })
}

export function submitChange(change: Change, required: RequiredApprovals, now: number): Step {
  const closed = refuseClosed(change)
  if (closed !== undefined) return fail(closed)
  if (change.state !== 'draft') return fail({ code: 'already_submitted', state: change.state })
  return ok({ ...change, state: reviewState([], required), ...stepped(change, now) })
}

export function approveChange(change: Change, by: ActorName, required: RequiredApprovals, now: number): Step {
  const closed = refuseClosed(change)
  if (closed !== undefined) return fail(closed)
  if (change.state === 'draft') return fail({ code: 'not_submitted' })
  // Stops an approval by a token, behind which the author may stand.
  if (by.kind !== 'administrator') return fail({ code: 'not_a_person' })
  // Stops whoever wrote a part of it from being the second pair of eyes.
  if (change.contributors.some((contributor) => samePerson(contributor, by)))
    return fail({ code: 'own_change' })
  if (change.approvals.some((approval) => samePerson(approval.by, by)))
    return fail({ code: 'already_approved' })
  const approvals = [...change.approvals, { by: actorName(by), at: now, version: change.version }]
  return ok({ ...change, approvals, state: reviewState(approvals, required), ...stepped(change, now) })
}

export function withdrawChange(change: Change, now: number): Step {
  const closed = refuseClosed(change)
  if (closed !== undefined) return fail(closed)
  return ok({ ...withoutSchedule(change), state: 'withdrawn', ...stepped(change, now) })
}

/** Sets the time at which the change is published by itself. */
export function scheduleChange(change: Change, at: number, required: RequiredApprovals, now: number): Step {
  const refused = refusePublishing(change, required)
  if (refused !== undefined) return fail(refused)
  if (!(at > now)) return fail({ code: 'time_not_ahead' })
  if (at > now + FURTHEST_SCHEDULE) return fail({ code: 'time_too_far' })
  // Approved by now, even where more approvals were required when the last one was given.
  return ok({ ...change, state: 'approved', scheduledFor: at, ...stepped(change, now) })
}

export function unscheduleChange(change: Change, now: number): Step {
  const closed = refuseClosed(change)
  if (closed !== undefined) return fail(closed)
  if (change.scheduledFor === undefined) return fail({ code: 'not_scheduled' })
  return ok({ ...withoutSchedule(change), ...stepped(change, now) })
}

/** Why the change cannot be published; undefined when nothing about the change itself is in the way. */
export function refusePublishing(change: Change, required: RequiredApprovals): LifecycleProblem | undefined {
  const closed = refuseClosed(change)
  if (closed !== undefined) return closed
  if (change.state === 'draft') return { code: 'not_submitted' }
  // Counted anew: the setting may have been raised since the change was approved.
  return change.approvals.length < required
    ? { code: 'approvals_missing', required, given: change.approvals.length }
    : undefined
}

const reviewState = (approvals: readonly Approval[], required: RequiredApprovals): ChangeState =>
  approvals.length >= required ? 'approved' : 'in_review'

const refuseClosed = ({ state }: Change): LifecycleProblem | undefined =>
  state === 'published' || state === 'withdrawn' ? { code: 'closed', state } : undefined

/** A clock that went back does not make a change older than it was. */
const stepped = (change: Change, now: number): Pick<Change, 'version' | 'updatedAt'> => ({
  version: change.version + 1,
  updatedAt: Math.max(now, change.updatedAt),
})

function withoutSchedule(change: Change): Change {
  const { scheduledFor: _, ...rest } = change
  return rest
}
