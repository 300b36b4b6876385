import type { Actor } from '../../../domain/actor.ts'
import type { PolicyDocument } from '../../../domain/policy/policy-document.ts'
import type { PolicyProblem } from '../../../domain/policy/problem.ts'
import { fail, ok } from '../../../domain/result.ts'
import { type PlannedChange, planChanges } from '../../../domain/revisions/plan-changes.ts'
import { type PolicyFileSource, readPolicyFile } from '../../../domain/revisions/policy-file.ts'
import { authorise, type Governance, type Outcome, policyContext } from '../changes/governance.ts'
import { readInForce } from './read-in-force.ts'

export interface PolicyPlan {
  /** The revision in force that the file was compared with. */
  readonly serial: number
  /** The revision in force cannot be read: the file was compared with the newest one that can. */
  readonly damaged: boolean
  readonly changes: readonly PlannedChange[]
  readonly wanted: PolicyDocument
  readonly warnings: readonly PolicyProblem[]
}

/** What applying a policy file would change. It changes nothing. */
export async function planPolicy(
  governance: Governance,
  actor: Actor,
  file: PolicyFileSource,
): Outcome<PolicyPlan> {
  const allowed = authorise(actor, 'policy.plan')
  if (!allowed.ok) return allowed
  const reading = readPolicyFile(file, policyContext(governance))
  if (!reading.ok) return fail({ code: 'invalid_policy', problems: reading.problems })
  const inForce = await readInForce(governance)
  if (!inForce.ok) return inForce
  const { serial, damaged, document } = inForce.value
  return ok({
    serial,
    damaged,
    changes: planChanges(document, reading.value),
    wanted: reading.value,
    warnings: reading.warnings,
  })
}
