import type { Database } from '../../ports/database.ts'
import { createMemoryAudit } from './memory-audit.ts'
import { createMemoryChanges } from './memory-changes.ts'
import { createMemoryKeys } from './memory-keys.ts'
import { createMemoryRevisions } from './memory-revisions.ts'
import { createMemoryTransactions } from './memory-state.ts'

/** A database for tests, with the means to let it fail. */
export interface MemoryDatabase extends Database {
  goAway(since: number): void
  comeBack(): void
  /** Alters the document of a stored revision behind the back of the store. */
  damageRevision(serial: number): void
}

/** Keeps everything as long as the process lives. It answers in every case as the real ones do. */
export function createMemoryDatabase(): MemoryDatabase {
  const transactions = createMemoryTransactions()
  const { state, listeners } = transactions
  return {
    revisions: createMemoryRevisions(transactions),
    changes: createMemoryChanges(transactions),
    keys: createMemoryKeys(transactions),
    audit: createMemoryAudit(transactions),
    feed: { subscribe: (listener) => listeners.add(listener) },
    async health() {
      if (state.awaySince === undefined) return { up: true }
      return { up: false, reason: state.awayBecause, since: state.awaySince }
    },
    async close() {
      state.awaySince = 0
      state.awayBecause = 'The database is closed.'
    },
    goAway(since) {
      state.awaySince = since
      state.awayBecause = 'The database does not answer.'
    },
    comeBack() {
      delete state.awaySince
      queueMicrotask(() => listeners.tell())
    },
    damageRevision(serial) {
      const at = state.revisions.findIndex((revision) => revision.serial === serial)
      const revision = state.revisions[at]
      if (revision === undefined) throw new TypeError(`there is no revision ${serial} to damage`)
      state.revisions[at] = { ...revision, text: `${revision.text} ` }
    },
  }
}
