import { type Actor, actorName } from '../../../domain/actor.ts'
import type { ChangeProblem } from '../../../domain/changes/change-problem.ts'
import { checkWords } from '../../../domain/changes/check-words.ts'
import type { PolicyDocument } from '../../../domain/policy/policy-document.ts'
import type { PolicyProblem } from '../../../domain/policy/problem.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import { isRemoval, type PlannedChange, planChanges } from '../../../domain/revisions/plan-changes.ts'
import { type PolicyFileSource, readPolicyFile } from '../../../domain/revisions/policy-file.ts'
import { authorise, type Governance, type Outcome, policyContext } from '../changes/governance.ts'
import { proposeChange } from '../changes/propose-change.ts'
import { submitChange } from '../changes/submit-change.ts'
import { publishOntoHead } from './publish-onto-head.ts'
import { type InForce, readInForce } from './read-in-force.ts'

export interface PolicyApplication {
  readonly file: PolicyFileSource
  readonly title?: string
  readonly reason?: string
  /** Without it, a file that leaves out what is in force is refused. */
  readonly allowDelete?: boolean
  /** The revision that a plan was made against: when another is in force by now, nothing is done. */
  readonly expectedSerial?: number
}

export type Applied =
  | { readonly kind: 'unchanged'; readonly serial: number }
  | {
      readonly kind: 'published'
      readonly serial: number
      readonly changes: readonly PlannedChange[]
      readonly warnings: readonly PolicyProblem[]
    }
  /** Approvals are required: the file became a change that waits for them. */
  | {
      readonly kind: 'submitted'
      readonly changeId: string
      readonly changes: readonly PlannedChange[]
      readonly warnings: readonly PolicyProblem[]
    }

interface Wanted {
  readonly document: PolicyDocument
  readonly title: string
  readonly reason: string
  readonly asked: PolicyApplication
}

/** Makes the policy what the file says, all of it at once. Where it says so already, nothing is written. */
export async function applyPolicy(
  governance: Governance,
  actor: Actor,
  asked: PolicyApplication,
): Outcome<Applied> {
  const allowed = authorise(actor, 'policy.apply')
  if (!allowed.ok) return allowed
  const title = checkWords('title', asked.title ?? 'Apply a policy file')
  if (!title.ok) return title
  const reason = checkWords('reason', asked.reason ?? 'Applied from a file.')
  if (!reason.ok) return reason
  const reading = readPolicyFile(asked.file, policyContext(governance))
  if (!reading.ok) return fail({ code: 'invalid_policy', problems: reading.problems })
  const wanted = { document: reading.value, title: title.value, reason: reason.value, asked }
  // Whoever may run commands on the machine can write the database anyway; the log says that nobody approved.
  return governance.requiredApprovals() === 0 || actor.kind === 'local'
    ? publishFile(governance, actor, wanted)
    : submitFile(governance, actor, wanted)
}

async function publishFile(governance: Governance, actor: Actor, wanted: Wanted): Outcome<Applied> {
  let changes: readonly PlannedChange[] = []
  let serial = 0
  const published = await publishOntoHead(governance, actor, async (inForce) => {
    serial = inForce.serial
    const planned = planAgainst(inForce, wanted)
    if (!planned.ok) return planned
    changes = planned.value
    const { document, title, reason } = wanted
    const approvalsRequired = governance.requiredApprovals()
    return ok({ document, title, reason, author: actorName(actor), approvers: [], approvalsRequired })
  })
  if (published.ok) {
    const { revision, warnings } = published.value
    return ok({ kind: 'published', serial: revision.serial, changes, warnings })
  }
  return published.problem.code === 'no_difference' ? ok({ kind: 'unchanged', serial }) : published
}

async function submitFile(governance: Governance, actor: Actor, wanted: Wanted): Outcome<Applied> {
  const inForce = await readInForce(governance)
  if (!inForce.ok) return inForce
  const { serial, damaged } = inForce.value
  const planned = planAgainst(inForce.value, wanted)
  if (!planned.ok) {
    return planned.problem.code === 'no_difference' ? ok({ kind: 'unchanged', serial }) : planned
  }
  if (damaged) return fail({ code: 'damaged_revision', serial })
  const { document, title, reason } = wanted
  const proposed = await proposeChange(governance, actor, { title, reason, document, baseSerial: serial })
  if (!proposed.ok) return proposed
  const { change, warnings } = proposed.value
  const submitted = await submitChange(governance, actor, change)
  return submitted.ok
    ? ok({ kind: 'submitted', changeId: change.id, changes: planned.value, warnings })
    : submitted
}

function planAgainst(
  inForce: InForce,
  { document, asked }: Wanted,
): Result<readonly PlannedChange[], ChangeProblem> {
  const { serial, damaged } = inForce
  if (asked.expectedSerial !== undefined && asked.expectedSerial !== serial) {
    return fail({ code: 'another_revision', serial })
  }
  const planned = planChanges(inForce.document, document)
  const allowDelete = asked.allowDelete === true
  // What a damaged revision said is unknown, so anything may be a removal. This is the way out of it.
  if (damaged) return allowDelete ? ok(planned) : fail({ code: 'damaged_revision', serial })
  if (planned.length === 0) return fail({ code: 'no_difference' })
  const removals = planned.filter(isRemoval)
  return removals.length > 0 && !allowDelete ? fail({ code: 'would_remove', removals }) : ok(planned)
}
