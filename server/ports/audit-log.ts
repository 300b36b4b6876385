import type { AuditDraft, AuditEvent, AuditHead } from '../../domain/audit/event.ts'
import type { Unavailable } from './database.ts'

export interface AuditFilter {
  /** Only events with a lower sequence. */
  readonly before?: number
  readonly limit: number
  readonly kind?: AuditEvent['kind']
  readonly actorId?: string
  /** Milliseconds since the Unix epoch: from this time on. */
  readonly from?: number
  /** Milliseconds since the Unix epoch: up to and without this time. */
  readonly until?: number
}

/** What was done, in an unbroken chain. Deeds write their own event; `append` is for what changes nothing else. */
export interface AuditLog {
  append(event: AuditDraft): Promise<'appended' | Unavailable>
  /** As it is kept beside the events: cutting the newest ones off does not change it. */
  head(): Promise<AuditHead | undefined | Unavailable>
  /** Ascending from the one after `after`, exactly as stored: whoever reads verifies the chain. */
  read(page: { readonly after: number; readonly limit: number }): Promise<readonly AuditEvent[] | Unavailable>
  /** Newest first. */
  list(filter: AuditFilter): Promise<readonly AuditEvent[] | Unavailable>
}
