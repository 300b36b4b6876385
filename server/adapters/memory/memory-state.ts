import { chain } from '../../../domain/audit/chain.ts'
import type { AuditDraft, AuditEvent } from '../../../domain/audit/event.ts'
import type { Change, ChangeComment } from '../../../domain/changes/change.ts'
import type { Revision } from '../../../domain/revisions/revision.ts'
import type { Unavailable } from '../../ports/database.ts'
import type { StoredKeyRing } from '../../ports/key-store.ts'
import { createListeners } from '../system/listeners.ts'
import { sha256 } from '../system/sha256.ts'

/** What a database holds. A method changes it in one tick, so that no other comes in between. */
export interface MemoryState {
  readonly revisions: Revision[]
  readonly changes: Map<string, Change>
  readonly comments: ChangeComment[]
  readonly events: AuditEvent[]
  ring: StoredKeyRing
  serialFloor: number
  awaySince?: number
  awayBecause: string
}

export interface MemoryTransactions {
  readonly state: MemoryState
  readonly listeners: ReturnType<typeof createListeners>
  /** Reads a copy: what a caller does to it stays with the caller. */
  read<Value>(look: () => Value): Promise<Value | Unavailable>
  /** `deed` either changes something and answers `done`, or changes nothing; only then is there no event. */
  write<Done extends string, Otherwise extends string>(
    event: AuditDraft,
    done: Done,
    deed: () => Done | Otherwise,
  ): Promise<Done | Otherwise | Unavailable>
}

export function createMemoryTransactions(): MemoryTransactions {
  const state: MemoryState = {
    revisions: [],
    changes: new Map(),
    comments: [],
    events: [],
    ring: { version: 0, keys: [] },
    serialFloor: 0,
    awayBecause: '',
  }
  const listeners = createListeners()
  const isAway = (): boolean => state.awaySince !== undefined

  return {
    state,
    listeners,
    async read(look) {
      return isAway() ? 'unavailable' : structuredClone(look())
    },
    async write(event, done, deed) {
      if (isAway()) return 'unavailable'
      const chained = chain(structuredClone(event), state.events.at(-1), sha256)
      const outcome = deed()
      if (outcome !== done) return outcome
      state.events.push(chained)
      queueMicrotask(() => listeners.tell())
      return outcome
    },
  }
}
