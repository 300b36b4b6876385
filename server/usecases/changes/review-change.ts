import type { Actor } from '../../../domain/actor.ts'
import type { Change, ChangeComment, RequiredApprovals } from '../../../domain/changes/change.ts'
import { refusePublishing } from '../../../domain/changes/change-lifecycle.ts'
import type { ChangeProblem } from '../../../domain/changes/change-problem.ts'
import { checkPolicyDocument } from '../../../domain/policy/check-policy-document.ts'
import type { PolicyDocument } from '../../../domain/policy/policy-document.ts'
import type { PolicyProblem } from '../../../domain/policy/problem.ts'
import { fail, ok } from '../../../domain/result.ts'
import { type PlannedChange, planChanges } from '../../../domain/revisions/plan-changes.ts'
import { readInForce } from '../revisions/read-in-force.ts'
import { authorise, type Governance, type Outcome, policyContext } from './governance.ts'
import { mergeChange } from './merge-change.ts'

export interface ChangeReview {
  readonly change: Change
  readonly comments: readonly ChangeComment[]
  readonly requiredApprovals: RequiredApprovals
  /** The revision in force that the change was brought onto; 0 where nothing was published. */
  readonly serial: number
  /** What publishing it now would change for clients. */
  readonly effect: readonly PlannedChange[]
  readonly warnings: readonly PolicyProblem[]
  /** What stands in the way of publishing it now. */
  readonly obstacles: readonly ChangeProblem[]
}

/** What a reviewer sees: the change as it would be published now, and everything that is in its way. */
export async function reviewChange(governance: Governance, actor: Actor, id: string): Outcome<ChangeReview> {
  const allowed = authorise(actor, 'change.read')
  if (!allowed.ok) return allowed
  const change = await governance.changes.get(id)
  if (change === undefined) return fail({ code: 'not_found' })
  const comments = await governance.changes.comments(id)
  if (change === 'unavailable' || comments === 'unavailable') return fail({ code: 'unavailable' })
  const inForce = await readInForce(governance)
  if (!inForce.ok) return inForce
  const requiredApprovals = governance.requiredApprovals()
  const refused = refusePublishing(change, requiredApprovals)
  const review = { change, comments, requiredApprovals, serial: inForce.value.serial }
  // What was published or withdrawn is not compared with what came after it.
  if (refused?.code === 'closed') return ok({ ...review, effect: [], warnings: [], obstacles: [refused] })
  const merged = await mergeChange(governance, change, inForce.value)
  if (!merged.ok && merged.problem.code === 'unavailable') return merged
  const obstacles = [...(refused === undefined ? [] : [refused]), ...(merged.ok ? [] : [merged.problem])]
  const wanted = merged.ok ? merged.value : draftOf(merged.problem)
  if (wanted === undefined) return ok({ ...review, effect: [], warnings: [], obstacles })
  const effect = planChanges(inForce.value.document, wanted)
  const checked = checkPolicyDocument(wanted, policyContext(governance))
  return checked.ok
    ? ok({ ...review, effect, warnings: checked.warnings, obstacles })
    : ok({
        ...review,
        effect,
        warnings: [],
        obstacles: [...obstacles, { code: 'invalid_policy', problems: checked.problems }],
      })
}

/** Where both sides differ, the reviewer sees the merge with the side of the change in each conflict. */
const draftOf = (problem: ChangeProblem): PolicyDocument | undefined =>
  problem.code === 'conflict' ? problem.draft : undefined
