import type { Actor } from '../../../domain/actor.ts'
import type { AuditEvent } from '../../../domain/audit/event.ts'
import { fail, ok } from '../../../domain/result.ts'
import type { AuditFilter } from '../../ports/audit-log.ts'
import { authorise, type Governance, type Outcome, pageSize } from '../changes/governance.ts'

/** A page of what was done, the newest first. */
export async function listAudit(
  governance: Pick<Governance, 'audit'>,
  actor: Actor,
  filter: AuditFilter,
): Outcome<readonly AuditEvent[]> {
  const allowed = authorise(actor, 'audit.read')
  if (!allowed.ok) return allowed
  const events = await governance.audit.list({ ...filter, limit: pageSize(filter.limit) })
  return events === 'unavailable' ? fail({ code: 'unavailable' }) : ok(events)
}
