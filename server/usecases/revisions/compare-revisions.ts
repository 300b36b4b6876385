import type { Actor } from '../../../domain/actor.ts'
import { ok } from '../../../domain/result.ts'
import { type PlannedChange, planChanges } from '../../../domain/revisions/plan-changes.ts'
import { authorise, type Governance, type Outcome } from '../changes/governance.ts'
import { readDocument } from './read-document.ts'

/** What revision `to` says differently from revision `from`; serial 0 stands for the empty policy. */
export async function compareRevisions(
  governance: Governance,
  actor: Actor,
  { from, to }: { readonly from: number; readonly to: number },
): Outcome<readonly PlannedChange[]> {
  const allowed = authorise(actor, 'revision.read')
  if (!allowed.ok) return allowed
  const before = await readDocument(governance, from)
  if (!before.ok) return before
  const after = await readDocument(governance, to)
  return after.ok ? ok(planChanges(before.value, after.value)) : after
}
