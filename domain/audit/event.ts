import type { ActorName } from '../actor.ts'
import type { ChangeState } from '../changes/change.ts'
import type { AuditCheckpoint } from './checkpoint.ts'

/** A value that JSON can hold. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [member: string]: JsonValue }

/** Every kind of event with what a program needs to know of it. A kind may be added; none ever changes its meaning. */
export interface AuditData {
  'change.proposed': { readonly baseSerial: number }
  'change.edited': { readonly version: number; readonly baseSerial: number; readonly voidedApprovals: number }
  'change.submitted': { readonly version: number; readonly state: ChangeState }
  'change.approved': { readonly version: number; readonly state: ChangeState }
  'change.commented': { readonly commentId: string }
  'change.scheduled': { readonly version: number; readonly publishAt: number }
  'change.unscheduled': { readonly version: number }
  'change.schedule_failed': { readonly version: number; readonly because: string }
  'change.withdrawn': { readonly version: number }
  'revision.published': {
    readonly serial: number
    readonly sha256: string
    readonly previousSha256: string
    readonly changeId?: string
    readonly approvalsRequired: number
    readonly approvals: number
  }
  'serial.floor_raised': { readonly floor: number }
  'key.created': { readonly kid: string }
  'key.imported': { readonly kid: string }
  'key.rotated': { readonly kid: string; readonly previousKid: string; readonly signsFrom: number }
  'key.retired': { readonly kid: string }
  'key.replaced': { readonly kid: string; readonly stolenKid: string }
  'audit.exported': { readonly form: 'csv' | 'jsonl'; readonly last: number }
  'audit.pruned': { readonly checkpoint: AuditCheckpoint; readonly events: number }
  'backup.made': { readonly bytes?: number }
  'backup.restored': { readonly sha256?: string; readonly highestSerial: number }
}

export type AuditKind = keyof AuditData

/** What an event is about. */
export interface AuditSubject {
  readonly kind: 'change' | 'revision' | 'key' | 'audit' | 'database'
  readonly id: string
}

/** Who did it, and from where. */
export type AuditActor = ActorName & { readonly address?: string }

interface DraftOf<Kind extends AuditKind> {
  readonly kind: Kind
  /** Unix milliseconds: order within a second matters to a reader. */
  readonly at: number
  readonly actor: AuditActor
  readonly subject: AuditSubject
  /** One sentence for a person. */
  readonly words: string
  readonly before?: JsonValue
  readonly after?: JsonValue
  readonly data: AuditData[Kind]
}

/** Something that was done, before the log has numbered it. Made by `draftEvent`, which masks secrets. */
export type AuditDraft = { [Kind in AuditKind]: DraftOf<Kind> }[AuditKind]

export type AuditEvent = AuditDraft & {
  /** From 1 on, without a gap. */
  readonly sequence: number
  readonly previousHash: string
  readonly hash: string
}

/** The last event of a log, or where one was cut off. */
export type AuditHead = Pick<AuditEvent, 'sequence' | 'hash'>
