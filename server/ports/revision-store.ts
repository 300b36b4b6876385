import type { AuditDraft } from '../../domain/audit/event.ts'
import type { Revision } from '../../domain/revisions/revision.ts'
import type { Unavailable } from './database.ts'

/** The newest revision, without its document. */
export interface RevisionHead {
  readonly serial: number
  readonly sha256: string
  /** Unix seconds. */
  readonly publishedAt: number
}

/** A revision as it came out of storage. One that does not match its hash is told of and never handed out. */
export type StoredRevision =
  | { readonly intact: true; readonly serial: number; readonly revision: Revision }
  | { readonly intact: false; readonly serial: number }

export interface Publication {
  /** Its serial is the one after the highest known, and its previous hash is that of the head. */
  readonly revision: Revision
  /** The change that it publishes, with the version that was read: it becomes `published` in the same stroke. */
  readonly change?: { readonly id: string; readonly version: number }
  readonly event: AuditDraft
}

export interface RevisionPage {
  /** Only revisions with a lower serial. */
  readonly before?: number
  readonly limit: number
}

/**
 * The revisions of the policy: they are added and never changed. Each method is one transaction, and a deed is there
 * with its audit event or not at all.
 */
export interface RevisionStore {
  head(): Promise<RevisionHead | undefined | Unavailable>
  get(serial: number): Promise<StoredRevision | undefined | Unavailable>
  /** Newest first. */
  list(page: RevisionPage): Promise<readonly StoredRevision[] | Unavailable>
  /**
   * `serial_taken`: another revision came first, or the serial is not above the floor; read the head and start again.
   * `change_moved`: the change is not at that version, or is already published or withdrawn.
   */
  publish(publication: Publication): Promise<'published' | 'serial_taken' | 'change_moved' | Unavailable>
  /** The highest serial that any client can have seen: of the head, or of the floor where that is higher; 0 at first. */
  highestSerialKnown(): Promise<number | Unavailable>
  /** Makes the next revision stand above `serial`. `not_higher`: it does so already, and nothing was written. */
  raiseSerialFloor(serial: number, event: AuditDraft): Promise<'raised' | 'not_higher' | Unavailable>
}
