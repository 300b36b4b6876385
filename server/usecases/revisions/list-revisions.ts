import type { Actor } from '../../../domain/actor.ts'
import { fail, ok } from '../../../domain/result.ts'
import type { Revision } from '../../../domain/revisions/revision.ts'
import type { RevisionPage, StoredRevision } from '../../ports/revision-store.ts'
import { authorise, type Governance, type Outcome, pageSize } from '../changes/governance.ts'

/** A revision as a list shows it. Of a damaged one, nothing but its serial can be believed. */
export type RevisionSummary =
  | ({ readonly intact: true } & Omit<Revision, 'text'>)
  | { readonly intact: false; readonly serial: number }

/** A page of revisions without their policies, the newest first. */
export async function listRevisions(
  governance: Pick<Governance, 'revisions'>,
  actor: Actor,
  page: RevisionPage,
): Outcome<readonly RevisionSummary[]> {
  const allowed = authorise(actor, 'revision.read')
  if (!allowed.ok) return allowed
  const revisions = await governance.revisions.list({ ...page, limit: pageSize(page.limit) })
  return revisions === 'unavailable' ? fail({ code: 'unavailable' }) : ok(revisions.map(summary))
}

function summary(stored: StoredRevision): RevisionSummary {
  if (!stored.intact) return { intact: false, serial: stored.serial }
  const { text: _, ...rest } = stored.revision
  return { intact: true, ...rest }
}
