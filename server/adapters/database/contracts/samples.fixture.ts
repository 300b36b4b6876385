import type { Actor } from '../../../../domain/actor.ts'
import type { AuditDraft } from '../../../../domain/audit/event.ts'
import type { Change } from '../../../../domain/changes/change.ts'
import { type Revision, type RevisionLink, sealRevision } from '../../../../domain/revisions/revision.ts'
import type { StoredKey } from '../../../ports/key-store.ts'
import { sha256 } from '../../system/sha256.ts'

export const author: Actor = { kind: 'administrator', id: 'ada', name: 'Ada', roles: ['editor'] }

const event = { at: 1_700_000_000_123, actor: author, words: 'Ada did something.' }

export const published = (serial: number): AuditDraft => ({
  ...event,
  kind: 'revision.published',
  subject: { kind: 'revision', id: String(serial) },
  data: { serial, sha256: 'a', previousSha256: 'b', approvalsRequired: 0, approvals: 0 },
})

export const commented = (id: string, more: Partial<Pick<AuditDraft, 'at' | 'actor'>> = {}): AuditDraft => ({
  ...event,
  ...more,
  kind: 'change.commented',
  subject: { kind: 'change', id },
  data: { commentId: id },
})

export const exported: AuditDraft = {
  ...event,
  kind: 'audit.exported',
  subject: { kind: 'audit', id: '1' },
  data: { form: 'csv', last: 1 },
}

export const revision = (
  serial: number,
  previous?: RevisionLink,
  more: Partial<Pick<Revision, 'text' | 'title' | 'reason' | 'changeId'>> = {},
): Revision =>
  sealRevision(
    {
      serial,
      text: `{"layers":[{"directives":{},"id":"organisation","name":"Revision ${serial}"}]}`,
      title: `Revision ${serial}`,
      reason: 'Because.',
      author: { kind: 'administrator', id: 'ada', name: 'Ada' },
      approvers: [{ kind: 'administrator', id: 'grace', name: 'Grace' }],
      publishedAt: 1_700_000_000 + serial,
      ...more,
    },
    previous,
    sha256,
  )

export const change = (id: string, more: Partial<Change> = {}): Change => ({
  id,
  title: 'A title',
  reason: 'A reason',
  author: { kind: 'administrator', id: 'ada', name: 'Ada' },
  contributors: [{ kind: 'administrator', id: 'ada', name: 'Ada' }],
  baseSerial: 0,
  document: { layers: [{ id: 'organisation', name: 'Organisation', directives: {} }] },
  state: 'draft',
  version: 1,
  approvals: [],
  createdAt: 1_700_000_000,
  updatedAt: 1_700_000_000,
  ...more,
})

export const storedKey = (kid: string, more: Partial<StoredKey> = {}): StoredKey => ({
  publicJwk: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', kid, use: 'sig', alg: 'ES256' },
  createdAt: 1_700_000_000,
  signsFrom: 0,
  sealedPrivate: `sealed-${kid}`,
  ...more,
})

/** The value where an answer was expected. */
export function answered<Value>(value: Value | 'unavailable'): Value {
  if (value === 'unavailable') throw new Error('the database was unavailable')
  return value
}
