import type { Edit } from '../../../domain/changes/change-lifecycle.ts'
import { checkWords } from '../../../domain/changes/check-words.ts'
import { checkPolicyDocument } from '../../../domain/policy/check-policy-document.ts'
import type { PolicyDocument } from '../../../domain/policy/policy-document.ts'
import type { PolicyProblem } from '../../../domain/policy/problem.ts'
import { fail, ok } from '../../../domain/result.ts'
import { readDocument } from '../revisions/read-document.ts'
import { type Governance, type Outcome, policyContext } from './governance.ts'

export interface ProposalInput {
  readonly title: string
  readonly reason: string
  /** The revision that the document was written against; 0 stands for the empty policy. */
  readonly baseSerial: number
  /** The whole policy as it is to be, unchecked. */
  readonly document: unknown
}

interface CheckedProposal {
  readonly proposal: Edit
  readonly base: PolicyDocument
  readonly warnings: readonly PolicyProblem[]
}

/** The door for everything that a person writes into a change. */
export async function checkProposal(governance: Governance, input: ProposalInput): Outcome<CheckedProposal> {
  const title = checkWords('title', input.title)
  if (!title.ok) return title
  const reason = checkWords('reason', input.reason)
  if (!reason.ok) return reason
  const checked = checkPolicyDocument(input.document, policyContext(governance))
  if (!checked.ok) return fail({ code: 'invalid_policy', problems: checked.problems })
  const base = await readDocument(governance, input.baseSerial)
  if (!base.ok) return base
  const { baseSerial } = input
  return ok({
    proposal: { title: title.value, reason: reason.value, baseSerial, document: checked.value },
    base: base.value,
    warnings: checked.warnings,
  })
}
