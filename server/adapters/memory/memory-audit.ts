import type { AuditEvent } from '../../../domain/audit/event.ts'
import type { AuditFilter, AuditLog } from '../../ports/audit-log.ts'
import type { MemoryTransactions } from './memory-state.ts'

const matches = (event: AuditEvent, { before, kind, actorId, from, until }: AuditFilter): boolean =>
  (before === undefined || event.sequence < before) &&
  (kind === undefined || event.kind === kind) &&
  (actorId === undefined || event.actor.id === actorId) &&
  (from === undefined || event.at >= from) &&
  (until === undefined || event.at < until)

export const createMemoryAudit = ({ state, read, write }: MemoryTransactions): AuditLog => ({
  append: (event) => write(event, 'appended', () => 'appended'),
  head: () =>
    read(() => {
      const newest = state.events.at(-1)
      return newest === undefined ? undefined : { sequence: newest.sequence, hash: newest.hash }
    }),
  read: ({ after, limit }) =>
    read(() => state.events.filter(({ sequence }) => sequence > after).slice(0, limit)),
  list: (filter) =>
    read(() =>
      state.events
        .filter((event) => matches(event, filter))
        .toReversed()
        .slice(0, filter.limit),
    ),
})
