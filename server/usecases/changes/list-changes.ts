import type { Actor } from '../../../domain/actor.ts'
import { fail, ok } from '../../../domain/result.ts'
import type { ChangePage, ChangeSummary } from '../../ports/change-store.ts'
import { authorise, type Governance, type Outcome, pageSize } from './governance.ts'

/** A page of changes without their documents, the newest first. */
export async function listChanges(
  governance: Pick<Governance, 'changes'>,
  actor: Actor,
  page: ChangePage,
): Outcome<readonly ChangeSummary[]> {
  const allowed = authorise(actor, 'change.read')
  if (!allowed.ok) return allowed
  const changes = await governance.changes.list({ ...page, limit: pageSize(page.limit) })
  return changes === 'unavailable' ? fail({ code: 'unavailable' }) : ok(changes)
}
