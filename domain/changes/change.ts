import type { ActorName } from '../actor.ts'
import type { PolicyDocument } from '../policy/policy-document.ts'

export const changeStates = ['draft', 'in_review', 'approved', 'published', 'withdrawn'] as const
export type ChangeState = (typeof changeStates)[number]

export interface Approval {
  readonly by: ActorName
  /** Unix seconds. */
  readonly at: number
  /** The version of the change that was looked at. */
  readonly version: number
}

/** A proposed policy on its way to being published. All times are Unix seconds. */
export interface Change {
  readonly id: string
  readonly title: string
  readonly reason: string
  readonly author: ActorName
  /** Everybody who wrote a part of the document, the author first. None of them may approve it. */
  readonly contributors: readonly ActorName[]
  /** The revision that the document was written against; 0 stands for the empty policy. */
  readonly baseSerial: number
  /** The whole policy as it is to be, not only what changes. */
  readonly document: PolicyDocument
  readonly state: ChangeState
  /** Grows with each saved step, so that a step that was decided on an older sight of the change is refused. */
  readonly version: number
  readonly approvals: readonly Approval[]
  readonly scheduledFor?: number
  readonly publishedSerial?: number
  readonly createdAt: number
  readonly updatedAt: number
}

/** How many people other than the contributors must agree before a change may be published. */
export type RequiredApprovals = 0 | 1 | 2

export interface ChangeComment {
  readonly id: string
  readonly changeId: string
  readonly by: ActorName
  /** Unix seconds. */
  readonly at: number
  readonly text: string
}
