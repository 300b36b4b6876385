import type { AuditEvent } from '../../../../domain/audit/event.ts'
import type { Dialect } from '../dialect.ts'

type AuditTable = Dialect['tables']['auditEvents']

export const auditRow = ({
  sequence,
  previousHash,
  hash,
  ...draft
}: AuditEvent): AuditTable['$inferSelect'] => ({
  sequence,
  at: draft.at,
  kind: draft.kind,
  actorId: storableText(draft.actor.id),
  previousHash,
  hash,
  event: JSON.stringify(draft),
})

/**
 * The event of a row. What cannot be read becomes an event that says so: its hash does not fit, so that a check of the
 * chain names it, and one damaged row does not hide the others.
 */
export function auditEvent(row: AuditTable['$inferSelect']): AuditEvent {
  const { sequence, previousHash, hash } = row
  try {
    const draft: unknown = JSON.parse(row.event)
    if (typeof draft === 'object' && draft !== null && 'actor' in draft && 'kind' in draft) {
      // Written by `auditRow`; whoever needs to be sure of it checks the hash.
      return { ...draft, sequence, previousHash, hash } as AuditEvent
    }
  } catch {
    // Told below.
  }
  return {
    kind: 'audit.exported',
    at: row.at,
    actor: { kind: 'system', id: row.actorId, name: '' },
    subject: { kind: 'audit', id: String(sequence) },
    words: 'The record of this event is damaged and cannot be read.',
    data: { form: 'jsonl', last: sequence },
    sequence,
    previousHash,
    hash,
  }
}

/** PostgreSQL holds no NUL in a text. Where a column is only searched, a sign for it is as good in both databases. */
export const storableText = (text: string): string => text.replaceAll('\0', '\u2400').toWellFormed()
