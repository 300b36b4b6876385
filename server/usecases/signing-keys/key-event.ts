import type { Actor } from '../../../domain/actor.ts'
import { draftEvent } from '../../../domain/audit/draft-event.ts'
import type { AuditData, AuditDraft } from '../../../domain/audit/event.ts'

type KeyEventKind = Extract<keyof AuditData, `key.${string}`>

interface KeyEvent<Kind extends KeyEventKind> {
  readonly kind: Kind
  readonly at: number
  readonly actor: Actor
  readonly words: string
  readonly data: AuditData[Kind]
}

/** What is recorded of a deed on a key. Of the key itself only its thumbprint. */
export const keyEvent = <Kind extends KeyEventKind>(event: KeyEvent<Kind>): AuditDraft =>
  draftEvent({ ...event, subject: { kind: 'key', id: event.data.kid } })
