import type { Actor } from '../../../domain/actor.ts'
import { describeDifference } from '../../../domain/audit/describe-difference.ts'
import { quoted } from '../../../domain/audit/draft-event.ts'
import { editChange as edited } from '../../../domain/changes/change-lifecycle.ts'
import { ok } from '../../../domain/result.ts'
import { checkProposal, type ProposalInput } from './check-proposal.ts'
import { authorise, type Governance, type Outcome } from './governance.ts'
import type { WrittenChange } from './propose-change.ts'
import { changeEvent, type SeenChange, takeStep } from './take-step.ts'

/** Writes a change anew, on the same or a newer base. Approvals that it had are void. */
export async function editChange(
  governance: Governance,
  actor: Actor,
  seen: SeenChange,
  input: ProposalInput,
): Outcome<WrittenChange> {
  const allowed = authorise(actor, 'change.edit')
  if (!allowed.ok) return allowed
  const checked = await checkProposal(governance, input)
  if (!checked.ok) return checked
  const { proposal, warnings } = checked.value
  const step = await takeStep(governance, actor, seen, {
    operation: 'change.edit',
    take: (change, now) => edited(change, proposal, actor, now),
    tell: (after, before) => {
      const difference = describeDifference(before.document, after.document)
      const voided = before.approvals.length
      const lost = voided === 0 ? '' : ` Approvals that are void now: ${voided}.`
      return changeEvent(governance, actor, after, {
        kind: 'change.edited',
        words: `Edited ${quoted(after.title)}.${lost} ${difference.words}`.trim(),
        before: difference.before,
        after: difference.after,
        data: { version: after.version, baseSerial: after.baseSerial, voidedApprovals: voided },
      })
    },
  })
  return step.ok ? ok({ change: step.value, warnings }) : step
}
