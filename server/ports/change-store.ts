import type { AuditDraft } from '../../domain/audit/event.ts'
import type { Change, ChangeComment } from '../../domain/changes/change.ts'
import type { Unavailable } from './database.ts'

/** A change as a list shows it: a document may weigh hundreds of kilobytes. */
export type ChangeSummary = Omit<Change, 'document'>

export interface ChangePage {
  readonly state?: Change['state']
  /** Only changes that were created before this one, in the order of the list. */
  readonly before?: { readonly createdAt: number; readonly id: string }
  readonly limit: number
}

/** Changes and what was said about them. Each method is one transaction that writes the audit event too. */
export interface ChangeStore {
  /** `conflict`: there is a change of that id. */
  create(change: Change, event: AuditDraft): Promise<'created' | 'conflict' | Unavailable>
  get(id: string): Promise<Change | undefined | Unavailable>
  /** Newest first, by the time of creation and then by id. */
  list(page: ChangePage): Promise<readonly ChangeSummary[] | Unavailable>
  /** Those that are approved and whose time has come, the earliest first. `now` is in Unix seconds. */
  due(now: number, limit: number): Promise<readonly ChangeSummary[] | Unavailable>
  /** Compare and set: `change` takes the place of the one with `expectedVersion`. */
  save(
    change: Change,
    expectedVersion: number,
    event: AuditDraft,
  ): Promise<'saved' | 'conflict' | 'not_found' | Unavailable>
  comment(
    comment: ChangeComment,
    event: AuditDraft,
  ): Promise<'commented' | 'conflict' | 'not_found' | Unavailable>
  /** Oldest first. */
  comments(changeId: string): Promise<readonly ChangeComment[] | Unavailable>
}
