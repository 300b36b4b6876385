import type { Actor } from '../../../domain/actor.ts'
import { refusePublishing } from '../../../domain/changes/change-lifecycle.ts'
import { fail, ok } from '../../../domain/result.ts'
import { type Published, publishOntoHead } from '../revisions/publish-onto-head.ts'
import { authorise, type Governance, type Outcome } from './governance.ts'
import { mergeChange } from './merge-change.ts'
import { type SeenChange, seeChange } from './take-step.ts'

/** Makes the change the policy in force, merged with whatever was published since it was written. */
export async function publishChange(
  governance: Governance,
  actor: Actor,
  seen: SeenChange,
): Outcome<Published> {
  const allowed = authorise(actor, 'change.publish')
  if (!allowed.ok) return allowed
  const found = await seeChange(governance, seen)
  if (!found.ok) return found
  const change = found.value
  const published = await publishOntoHead(governance, actor, async (inForce) => {
    const approvalsRequired = governance.requiredApprovals()
    const refused = refusePublishing(change, approvalsRequired)
    if (refused !== undefined) return fail(refused)
    const document = await mergeChange(governance, change, inForce)
    if (!document.ok) return document
    const { title, reason, author } = change
    return ok({
      document: document.value,
      title,
      reason,
      author,
      approvers: change.approvals.map(({ by }) => by),
      change: seen,
      approvalsRequired,
    })
  })
  if (published.ok || published.problem.code === 'unavailable') return published
  // Whoever published the same change a moment earlier made it differ from nothing: that is what happened.
  const still = await seeChange(governance, seen)
  return still.ok ? published : still
}
