import type { AuditDraft } from '../../domain/audit/event.ts'
import type { Result } from '../../domain/result.ts'
import type { AuditLog } from './audit-log.ts'
import type { ChangeFeed } from './change-feed.ts'
import type { ChangeStore } from './change-store.ts'
import type { KeyStore } from './key-store.ts'
import type { RevisionStore } from './revision-store.ts'

/**
 * The database could not be asked, or could not take more. A deed that met this was not done, except where the
 * connection broke while it was being committed: whoever repeats it is told then, since every deed compares first.
 */
export type Unavailable = 'unavailable'

export type DatabaseHealth =
  | { readonly up: true }
  /** `reason` is a sentence for the operator, without anything secret. `since` is in Unix milliseconds. */
  | { readonly up: false; readonly reason: string; readonly since: number }

/**
 * Everything that the manager remembers. No transaction leaves it: a method is one, and with it comes the audit event
 * of what it did. An expected failure is a value; a rejected promise is a bug.
 */
export interface Database {
  readonly revisions: RevisionStore
  readonly changes: ChangeStore
  readonly keys: KeyStore
  readonly audit: AuditLog
  readonly feed: ChangeFeed
  /** Asks the database now. */
  health(): Promise<DatabaseHealth>
  /** Waits for what is under way. Afterwards every method answers `unavailable`. */
  close(): Promise<void>
}

export interface BackupSummary {
  readonly file: string
  readonly bytes: number
  readonly rows: number
  readonly highestSerial: number
  /** Of the content before compression; the file ends with it. */
  readonly sha256: string
}

export type BackupProblem =
  | { readonly code: 'unavailable' }
  /** The file is never overwritten. */
  | { readonly code: 'file_exists' }
  | { readonly code: 'not_written'; readonly reason: string }

export type RestoreProblem =
  | { readonly code: 'unavailable' }
  /** There is something in this database already. */
  | { readonly code: 'not_empty' }
  | { readonly code: 'not_read'; readonly reason: string }
  | { readonly code: 'not_a_backup' }
  /** A newer program wrote it, in a form that this one does not know. */
  | { readonly code: 'newer'; readonly writtenBy: string }
  | { readonly code: 'truncated' }
  /** It is not what was written: by its own checksum, or by the hashes of what it holds. */
  | { readonly code: 'damaged'; readonly reason: string }

export interface Restoration {
  /** The highest serial that the operator knows of; the next revision stands above it and above that of the backup. */
  readonly serialFloor?: number
  /** What the audit log is to say of it, as the first event after those of the backup. */
  event(found: BackupSummary): AuditDraft
  /** Hears the rows read so far: every row is read twice, once to check the whole file before anything is written. */
  onProgress?(rows: number): void
}

/** A database that outlives the process. */
export interface DurableDatabase extends Database {
  /** In words for a person, without secrets: a path, or a host with the name of the database. */
  readonly describes: string
  /**
   * Writes one consistent copy while work goes on, in constant memory. `onProgress` hears the rows written so far.
   * The file is readable by its owner alone, and is there whole or not at all.
   */
  backup(file: string, onProgress?: (rows: number) => void): Promise<Result<BackupSummary, BackupProblem>>
  /** Fills this empty database from a backup of either kind of database: all of it or nothing, in constant memory. */
  restore(file: string, restoration: Restoration): Promise<Result<BackupSummary, RestoreProblem>>
}
