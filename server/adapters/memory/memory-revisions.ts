import { checkRevision, NO_REVISION, type Revision } from '../../../domain/revisions/revision.ts'
import type { RevisionStore, StoredRevision } from '../../ports/revision-store.ts'
import { sha256 } from '../system/sha256.ts'
import type { MemoryState, MemoryTransactions } from './memory-state.ts'

const inspect = (revision: Revision): StoredRevision =>
  checkRevision(revision, sha256)
    ? { intact: true, serial: revision.serial, revision }
    : { intact: false, serial: revision.serial }

const highest = ({ revisions, serialFloor }: MemoryState): number =>
  Math.max(revisions.at(-1)?.serial ?? 0, serialFloor)

export function createMemoryRevisions({ state, read, write }: MemoryTransactions): RevisionStore {
  const follows = (revision: Revision): boolean =>
    revision.serial === highest(state) + 1 &&
    revision.previousSha256 === (state.revisions.at(-1)?.sha256 ?? NO_REVISION)

  return {
    head: () =>
      read(() => {
        const newest = state.revisions.at(-1)
        if (newest === undefined) return undefined
        const { serial, sha256, publishedAt } = newest
        return { serial, sha256, publishedAt }
      }),

    get: (serial) =>
      read(() => {
        const found = state.revisions.find((revision) => revision.serial === serial)
        return found === undefined ? undefined : inspect(found)
      }),

    list: ({ before, limit }) =>
      read(() =>
        state.revisions
          .filter(({ serial }) => before === undefined || serial < before)
          .toReversed()
          .slice(0, limit)
          .map(inspect),
      ),

    publish: ({ revision, change, event }) =>
      write(event, 'published', () => {
        if (!follows(revision)) return 'serial_taken'
        if (change !== undefined) {
          const found = state.changes.get(change.id)
          if (found === undefined || found.version !== change.version) return 'change_moved'
          if (found.state === 'published' || found.state === 'withdrawn') return 'change_moved'
          state.changes.set(found.id, {
            ...found,
            state: 'published',
            version: found.version + 1,
            publishedSerial: revision.serial,
            updatedAt: revision.publishedAt,
          })
        }
        state.revisions.push(structuredClone(revision))
        return 'published'
      }),

    highestSerialKnown: () => read(() => highest(state)),

    raiseSerialFloor: (serial, event) =>
      write(event, 'raised', () => {
        if (serial <= highest(state)) return 'not_higher'
        state.serialFloor = serial
        return 'raised'
      }),
  }
}
