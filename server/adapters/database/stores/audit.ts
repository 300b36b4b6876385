import { and, asc, desc, eq, getTableColumns, gt, gte, lt } from 'drizzle-orm'
import type { AuditFilter, AuditLog } from '../../../ports/audit-log.ts'
import { perform, readHeads } from '../deed.ts'
import type { Engine } from '../engine.ts'
import { asking } from '../statement.ts'
import { auditEvent, storableText } from './audit-row.ts'
import { theRow } from './the-row.ts'

export function createAudit(engine: Engine): AuditLog {
  const { build, tables } = engine.dialect
  const { auditEvents } = tables
  const columns = getTableColumns(auditEvents)

  return {
    append: (event) =>
      perform<'appended', never>(engine, { event, done: 'appended', plan: () => ({ steps: [] }) }),

    async head() {
      const heads = theRow(await engine.rows(readHeads(engine.dialect)))
      if (heads === 'unavailable') return heads
      const { auditSequence: sequence, auditHash: hash } = heads
      return sequence === 0 ? undefined : { sequence, hash }
    },

    async read({ after, limit }) {
      const page = build
        .select()
        .from(auditEvents)
        .where(gt(auditEvents.sequence, after))
        .orderBy(asc(auditEvents.sequence))
        .limit(limit)
      const rows = await engine.rows(asking(columns, page))
      return rows === 'unavailable' ? rows : rows.map(auditEvent)
    },

    async list(filter) {
      const page = build
        .select()
        .from(auditEvents)
        .where(matching(auditEvents, filter))
        .orderBy(desc(auditEvents.sequence))
        .limit(filter.limit)
      const rows = await engine.rows(asking(columns, page))
      return rows === 'unavailable' ? rows : rows.map(auditEvent)
    },
  }
}

const matching = (
  events: Engine['dialect']['tables']['auditEvents'],
  { before, kind, actorId, from, until }: AuditFilter,
) =>
  and(
    before === undefined ? undefined : lt(events.sequence, before),
    kind === undefined ? undefined : eq(events.kind, kind),
    actorId === undefined ? undefined : eq(events.actorId, storableText(actorId)),
    from === undefined ? undefined : gte(events.at, from),
    until === undefined ? undefined : lt(events.at, until),
  )
