import type { Actor } from '../../../domain/actor.ts'
import { describeDifference } from '../../../domain/audit/describe-difference.ts'
import { quoted } from '../../../domain/audit/draft-event.ts'
import type { Change } from '../../../domain/changes/change.ts'
import { startChange } from '../../../domain/changes/change-lifecycle.ts'
import type { PolicyProblem } from '../../../domain/policy/problem.ts'
import { fail, ok } from '../../../domain/result.ts'
import { checkProposal, type ProposalInput } from './check-proposal.ts'
import { authorise, type Governance, nowInSeconds, type Outcome } from './governance.ts'
import { changeEvent } from './take-step.ts'

export interface WrittenChange {
  readonly change: Change
  readonly warnings: readonly PolicyProblem[]
}

/** Starts a change: a draft, which nobody is asked to look at yet. */
export async function proposeChange(
  governance: Governance,
  actor: Actor,
  input: ProposalInput,
): Outcome<WrittenChange> {
  const allowed = authorise(actor, 'change.propose')
  if (!allowed.ok) return allowed
  const checked = await checkProposal(governance, input)
  if (!checked.ok) return checked
  const { proposal, base, warnings } = checked.value
  const change = startChange({ ...proposal, id: governance.newId(), author: actor }, nowInSeconds(governance))
  const difference = describeDifference(base, change.document)
  const outcome = await governance.changes.create(
    change,
    changeEvent(governance, actor, change, {
      kind: 'change.proposed',
      words: `Proposed ${quoted(change.title)}. ${difference.words}`.trim(),
      before: difference.before,
      after: difference.after,
      data: { baseSerial: change.baseSerial },
    }),
  )
  if (outcome === 'unavailable') return fail({ code: 'unavailable' })
  if (outcome === 'conflict') throw new TypeError('newId gave the id of another change')
  return ok({ change, warnings })
}
