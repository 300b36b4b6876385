import type { Operation } from '../access/roles.ts'
import type { MergeConflict } from '../policy/merge-policies.ts'
import type { PolicyDocument } from '../policy/policy-document.ts'
import type { PolicyProblem } from '../policy/problem.ts'
import type { PlannedChange } from '../revisions/plan-changes.ts'
import type { ChangeState } from './change.ts'

/** Why a step of a change is not possible as the change stands. */
export type LifecycleProblem =
  | { readonly code: 'closed'; readonly state: 'published' | 'withdrawn' }
  | { readonly code: 'not_submitted' }
  | { readonly code: 'already_submitted'; readonly state: ChangeState }
  | { readonly code: 'own_change' }
  | { readonly code: 'not_a_person' }
  | { readonly code: 'already_approved' }
  | { readonly code: 'approvals_missing'; readonly required: number; readonly given: number }
  | { readonly code: 'time_not_ahead' }
  | { readonly code: 'time_too_far' }
  | { readonly code: 'not_scheduled' }

export type WordsProblem = {
  readonly code: 'words'
  readonly member: 'title' | 'reason' | 'comment'
  readonly because: 'empty' | 'too_long' | 'unsafe'
  readonly most: number
}

/** Everything that can stand in the way of a deed with changes and revisions. */
export type ChangeProblem =
  | LifecycleProblem
  | WordsProblem
  | { readonly code: 'forbidden'; readonly operation: Operation }
  | { readonly code: 'not_found' }
  /** Somebody saved another step meanwhile; `version` is the one now, where it is known. */
  | { readonly code: 'moved'; readonly version?: number }
  | { readonly code: 'unknown_revision'; readonly serial: number }
  /** The stored revision does not match its hash, or is no policy. */
  | { readonly code: 'damaged_revision'; readonly serial: number }
  | { readonly code: 'invalid_policy'; readonly problems: readonly PolicyProblem[] }
  /** Nothing was published: both sides of each difference, and the merge with the side of the change in each. */
  | {
      readonly code: 'conflict'
      readonly serial: number
      readonly conflicts: readonly MergeConflict[]
      readonly draft: PolicyDocument
    }
  | { readonly code: 'no_difference' }
  | { readonly code: 'would_remove'; readonly removals: readonly PlannedChange[] }
  /** The policy in force is not the one that the caller decided on. */
  | { readonly code: 'another_revision'; readonly serial: number }
  /** This machine's clock is behind the revision in force: clients would refuse what is published now. */
  | { readonly code: 'clock_behind'; readonly seconds: number }
  /** Others published again and again at the same moment. */
  | { readonly code: 'busy' }
  | { readonly code: 'unavailable' }
