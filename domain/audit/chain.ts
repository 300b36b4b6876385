import { canonicalJson } from '../envelope/canonical-json.ts'
import type { AuditDraft, AuditEvent, AuditHead } from './event.ts'

/** What the first event names as the one before it. */
export const NO_EVENT = '0'.repeat(64)

type Sha256 = (utf8: string) => string

/** Numbers an event and ties it to the one before it. */
export function chain(draft: AuditDraft, head: AuditHead | undefined, sha256: Sha256): AuditEvent {
  const linked = {
    ...members(draft),
    sequence: (head?.sequence ?? 0) + 1,
    previousHash: head?.hash ?? NO_EVENT,
  }
  return { ...linked, hash: hashEvent(linked, sha256) }
}

/** The hash of everything that an event says, its number and the hash before it included. */
export const hashEvent = (
  event: AuditDraft & Pick<AuditEvent, 'sequence' | 'previousHash'>,
  sha256: Sha256,
): string =>
  sha256(canonicalJson({ ...members(event), sequence: event.sequence, previousHash: event.previousHash }))

/** Names each member, so that what a store adds to a row is not part of the hash. */
const members = (draft: AuditDraft): AuditDraft =>
  ({
    kind: draft.kind,
    at: draft.at,
    actor: draft.actor,
    subject: draft.subject,
    words: draft.words,
    ...(draft.before === undefined ? {} : { before: draft.before }),
    ...(draft.after === undefined ? {} : { after: draft.after }),
    data: draft.data,
  }) as AuditDraft // The kind and its data were taken from one draft.
