import { checkPolicyDocument } from '../../../domain/policy/check-policy-document.ts'
import type { PolicyContext } from '../../../domain/policy/policy-context.ts'
import type { PolicyDocument } from '../../../domain/policy/policy-document.ts'
import type { PolicyProblem } from '../../../domain/policy/problem.ts'
import { readRevision } from '../../../domain/revisions/read-revision.ts'
import type { Revision } from '../../../domain/revisions/revision.ts'

export type StoredPolicyReading =
  | { readonly ok: true; readonly document: PolicyDocument; readonly warnings: readonly PolicyProblem[] }
  | { readonly ok: false; readonly problems: readonly PolicyProblem[] }

/**
 * Reads the policy of a revision. Whether it is good was decided on the day of its publication: a certificate that has
 * expired since is for somebody to look at, and no reason to leave a fleet without its policy after a restart.
 */
export function readStoredPolicy(revision: Revision, context: PolicyContext): StoredPolicyReading {
  const then = readRevision(revision, context.readCertificate)
  if (!then.ok) return then
  const today = checkPolicyDocument(then.value, context)
  const warnings = today.ok ? today.warnings : today.problems.map(asWarning)
  return { ok: true, document: then.value, warnings }
}

const asWarning = (problem: PolicyProblem): PolicyProblem => ({ ...problem, severity: 'warning' })
