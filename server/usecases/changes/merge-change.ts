import type { Change } from '../../../domain/changes/change.ts'
import { sameJson } from '../../../domain/json/same-json.ts'
import { checkPolicyDocument } from '../../../domain/policy/check-policy-document.ts'
import { diffPolicies } from '../../../domain/policy/diff-policies.ts'
import { mergePolicies } from '../../../domain/policy/merge-policies.ts'
import type { PolicyDocument } from '../../../domain/policy/policy-document.ts'
import { fail, ok } from '../../../domain/result.ts'
import { readDocument } from '../revisions/read-document.ts'
import type { InForce } from '../revisions/read-in-force.ts'
import { type Governance, type Outcome, policyContext } from './governance.ts'

/** Brings the change onto what is in force: what nobody else touched merges, everything else is a conflict. */
export async function mergeChange(
  governance: Governance,
  change: Pick<Change, 'baseSerial' | 'document'>,
  inForce: InForce,
): Outcome<PolicyDocument> {
  // Stops a merge onto a policy that nobody can read: what it had changed would be lost without a word.
  if (inForce.damaged) return fail({ code: 'damaged_revision', serial: inForce.serial })
  // A stored document is checked like any other: whoever wrote it, and whatever has expired since.
  const checked = checkPolicyDocument(change.document, policyContext(governance))
  if (!checked.ok) return fail({ code: 'invalid_policy', problems: checked.problems })
  const base = await readDocument(governance, change.baseSerial)
  if (!base.ok) return base
  const merged = sameJson(base.value, inForce.document)
    ? ok(checked.value)
    : mergePolicies(base.value, checked.value, inForce.document)
  if (!merged.ok) return fail({ code: 'conflict', serial: inForce.serial, ...merged.problem })
  return diffPolicies(inForce.document, merged.value).length === 0
    ? fail({ code: 'no_difference' })
    : ok(merged.value)
}
