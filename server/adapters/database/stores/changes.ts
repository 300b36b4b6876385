import { and, eq } from 'drizzle-orm'
import type { ChangeStore } from '../../../ports/change-store.ts'
import { perform } from '../deed.ts'
import type { Engine, Step } from '../engine.ts'
import { doing } from '../statement.ts'
import { storableText } from './audit-row.ts'
import { changeRow, commentRow } from './change-row.ts'
import { readChanges } from './read-changes.ts'

export function createChanges(engine: Engine): ChangeStore {
  const { build, tables } = engine.dialect
  const { changes, comments } = tables

  /** Without it a change that is missing could not be told from one that moved. */
  const isThere = (id: string): Step<'not_found'> => ({
    statement: doing(
      build
        .select({ id: changes.id })
        .from(changes)
        .where(eq(changes.id, storableText(id))),
    ),
    otherwise: 'not_found',
  })

  return {
    ...readChanges(engine),

    create: (change, event) =>
      perform<'created', 'conflict'>(engine, {
        event,
        done: 'created',
        plan: () => {
          const insertion = build.insert(changes).values(changeRow(change)).onConflictDoNothing()
          return { steps: [{ statement: doing(insertion), otherwise: 'conflict' }] }
        },
      }),

    save: (change, expectedVersion, event) =>
      perform<'saved', 'conflict' | 'not_found'>(engine, {
        event,
        done: 'saved',
        plan: () => {
          const { id, ...rest } = changeRow(change)
          const isExpected = and(eq(changes.id, id), eq(changes.version, expectedVersion))
          const update = build.update(changes).set(rest).where(isExpected)
          return { steps: [isThere(id), { statement: doing(update), otherwise: 'conflict' }] }
        },
      }),

    comment: (comment, event) =>
      perform<'commented', 'conflict' | 'not_found'>(engine, {
        event,
        done: 'commented',
        plan: () => {
          const insertion = build.insert(comments).values(commentRow(comment)).onConflictDoNothing()
          return {
            steps: [isThere(comment.changeId), { statement: doing(insertion), otherwise: 'conflict' }],
          }
        },
      }),
  }
}
