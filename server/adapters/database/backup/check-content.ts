import { hashEvent, NO_EVENT } from '../../../../domain/audit/chain.ts'
import { NO_REVISION } from '../../../../domain/revisions/revision.ts'
import { sha256 } from '../../system/sha256.ts'
import type { Dialect } from '../dialect.ts'
import { auditEvent } from '../stores/audit-row.ts'
import { storedRevision } from '../stores/revision-row.ts'
import type { BackupRow } from './backup-format.ts'
import { BackupRefused } from './read-backup.ts'

type Tables = Dialect['tables']
type Row<Table extends keyof Tables> = Tables[Table]['$inferSelect']

export interface ContentCheck {
  row(row: BackupRow): void
  /** After the last row. Answers with the heads, which the other rows bear out. */
  finish(): Row<'heads'>
}

/**
 * Follows the chain of revisions and that of events through a backup. A checksum can be made anew by whoever alters a
 * file; the chains cannot, where somebody else knows how they end.
 */
export function checkContent(): ContentCheck {
  let heads: Row<'heads'> | undefined
  let revision: { serial: number; sha256: string } = { serial: 0, sha256: NO_REVISION }
  let event = { sequence: 0, hash: NO_EVENT }

  const checkRevisionRow = (row: Row<'revisions'>): void => {
    const stored = storedRevision(row)
    if (!stored.intact || row.previousSha256 !== revision.sha256 || row.serial <= revision.serial) {
      throw new BackupRefused('damaged', `revision ${row.serial} does not fit its hash`)
    }
    revision = { serial: row.serial, sha256: row.sha256 }
  }
  const checkEventRow = (row: Row<'auditEvents'>): void => {
    const found = auditEvent(row)
    const isLinked = row.sequence === event.sequence + 1 && row.previousHash === event.hash
    if (!isLinked || hashEvent(found, sha256) !== row.hash) {
      throw new BackupRefused('damaged', `event ${row.sequence} of the audit log does not fit its hash`)
    }
    event = { sequence: row.sequence, hash: row.hash }
  }

  return {
    row([table, values]) {
      // `readBackup` let through exactly the columns of the table, each with a value of its kind.
      if (table === 'heads') heads = values as Row<'heads'>
      if (table === 'revisions') checkRevisionRow(values as Row<'revisions'>)
      if (table === 'auditEvents') checkEventRow(values as Row<'auditEvents'>)
    },
    finish() {
      if (heads === undefined) throw new BackupRefused('damaged', 'its heads are missing')
      const newest = heads.serial === 0 ? NO_REVISION : heads.revisionSha256
      if (heads.serial !== revision.serial || newest !== revision.sha256) {
        throw new BackupRefused('damaged', 'its newest revision is missing')
      }
      const last = heads.auditSequence === 0 ? NO_EVENT : heads.auditHash
      if (heads.auditSequence !== event.sequence || last !== event.hash) {
        throw new BackupRefused('damaged', 'the end of its audit log is missing')
      }
      return heads
    },
  }
}
