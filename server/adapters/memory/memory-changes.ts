import type { Change } from '../../../domain/changes/change.ts'
import type { ChangeStore, ChangeSummary } from '../../ports/change-store.ts'
import type { MemoryTransactions } from './memory-state.ts'

const summary = ({ document: _, ...rest }: Change): ChangeSummary => rest

const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

type Place = Pick<Change, 'createdAt' | 'id'>
const newestFirst = (one: Place, other: Place): number =>
  other.createdAt - one.createdAt || compareText(other.id, one.id)

export function createMemoryChanges({ state, read, write }: MemoryTransactions): ChangeStore {
  const all = (): readonly Change[] => [...state.changes.values()]

  return {
    create: (change, event) =>
      write(event, 'created', () => {
        if (state.changes.has(change.id)) return 'conflict'
        state.changes.set(change.id, structuredClone(change))
        return 'created'
      }),

    get: (id) => read(() => state.changes.get(id)),

    list: ({ state: wanted, before, limit }) =>
      read(() =>
        all()
          .filter((change) => wanted === undefined || change.state === wanted)
          .filter((change) => before === undefined || newestFirst(before, change) < 0)
          .toSorted(newestFirst)
          .slice(0, limit)
          .map(summary),
      ),

    due: (now, limit) =>
      read(() =>
        all()
          .flatMap((change) =>
            change.scheduledFor === undefined ? [] : [{ change, at: change.scheduledFor }],
          )
          .filter(({ change, at }) => change.state === 'approved' && at <= now)
          .toSorted((one, other) => one.at - other.at || compareText(one.change.id, other.change.id))
          .slice(0, limit)
          .map(({ change }) => summary(change)),
      ),

    save: (change, expectedVersion, event) =>
      write(event, 'saved', () => {
        const found = state.changes.get(change.id)
        if (found === undefined) return 'not_found'
        if (found.version !== expectedVersion) return 'conflict'
        state.changes.set(change.id, structuredClone(change))
        return 'saved'
      }),

    comment: (comment, event) =>
      write(event, 'commented', () => {
        if (!state.changes.has(comment.changeId)) return 'not_found'
        if (state.comments.some(({ id }) => id === comment.id)) return 'conflict'
        state.comments.push(structuredClone(comment))
        return 'commented'
      }),

    comments: (changeId) =>
      read(() =>
        state.comments
          .filter((comment) => comment.changeId === changeId)
          .toSorted((one, other) => one.at - other.at || compareText(one.id, other.id)),
      ),
  }
}
