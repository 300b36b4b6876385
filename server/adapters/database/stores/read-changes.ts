import { and, asc, desc, eq, getTableColumns, lt, lte, or } from 'drizzle-orm'
import type { ChangePage, ChangeStore } from '../../../ports/change-store.ts'
import type { Engine } from '../engine.ts'
import { asking } from '../statement.ts'
import { storableText } from './audit-row.ts'
import { changeSummary, storedChange, storedComment } from './change-row.ts'
import { readRows } from './the-row.ts'

type Reading = Pick<ChangeStore, 'get' | 'list' | 'due' | 'comments'>

export function readChanges(engine: Engine): Reading {
  const { build, tables } = engine.dialect
  const { changes, comments } = tables
  const columns = getTableColumns(changes)
  const { document: _, ...summaryColumns } = columns

  return {
    async get(id) {
      const wanted = build
        .select()
        .from(changes)
        .where(eq(changes.id, storableText(id)))
      const rows = await engine.rows(asking(columns, wanted))
      const found = readRows(engine, rows, storedChange)
      return found === 'unavailable' ? found : found[0]
    },

    async list(page) {
      const listed = build
        .select(summaryColumns)
        .from(changes)
        .where(onPage(changes, page))
        .orderBy(desc(changes.createdAt), desc(changes.id))
        .limit(page.limit)
      const rows = await engine.rows(asking(summaryColumns, listed))
      return readRows(engine, rows, changeSummary)
    },

    async due(now, limit) {
      const ripe = build
        .select(summaryColumns)
        .from(changes)
        .where(and(eq(changes.state, 'approved'), lte(changes.scheduledFor, now)))
        .orderBy(asc(changes.scheduledFor), asc(changes.id))
        .limit(limit)
      const rows = await engine.rows(asking(summaryColumns, ripe))
      return readRows(engine, rows, changeSummary)
    },

    async comments(changeId) {
      const said = build
        .select()
        .from(comments)
        .where(eq(comments.changeId, storableText(changeId)))
        .orderBy(asc(comments.at), asc(comments.id))
      const rows = await engine.rows(asking(getTableColumns(comments), said))
      return readRows(engine, rows, storedComment)
    },
  }
}

const onPage = (
  { state, createdAt, id }: Engine['dialect']['tables']['changes'],
  { state: wanted, before }: ChangePage,
) =>
  and(
    wanted === undefined ? undefined : eq(state, wanted),
    before === undefined
      ? undefined
      : or(
          lt(createdAt, before.createdAt),
          and(eq(createdAt, before.createdAt), lt(id, storableText(before.id))),
        ),
  )
