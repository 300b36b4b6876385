import { and, desc, eq, getTableColumns, lt, notInArray, sql } from 'drizzle-orm'
import { NO_REVISION, type Revision } from '../../../../domain/revisions/revision.ts'
import type { Publication, RevisionStore } from '../../../ports/revision-store.ts'
import { highestSerial, perform, readHeads } from '../deed.ts'
import type { Dialect } from '../dialect.ts'
import { type Engine, must, type Step } from '../engine.ts'
import { asking, doing } from '../statement.ts'
import { readHead } from './read-head.ts'
import { revisionRow, storedRevision } from './revision-row.ts'
import { theRow } from './the-row.ts'

export function createRevisions(engine: Engine): RevisionStore {
  const { dialect } = engine
  const { build, tables } = dialect
  const { revisions } = tables
  const columns = getTableColumns(revisions)
  const heads = async () => theRow(await engine.rows(readHeads(dialect)))

  return {
    head: () => readHead(engine),

    async get(serial) {
      const wanted = build.select().from(revisions).where(eq(revisions.serial, serial))
      const rows = await engine.rows(asking(columns, wanted))
      if (rows === 'unavailable') return rows
      return rows[0] === undefined ? undefined : storedRevision(rows[0])
    },

    async list({ before, limit }) {
      const older = before === undefined ? undefined : lt(revisions.serial, before)
      const page = build.select().from(revisions).where(older).orderBy(desc(revisions.serial)).limit(limit)
      const rows = await engine.rows(asking(columns, page))
      return rows === 'unavailable' ? rows : rows.map(storedRevision)
    },

    publish: ({ revision, change, event }) =>
      perform<'published', 'serial_taken' | 'change_moved'>(engine, {
        event,
        done: 'published',
        plan: (now) => {
          const previous = now.serial === 0 ? NO_REVISION : now.revisionSha256
          if (revision.serial !== highestSerial(now) + 1 || revision.previousSha256 !== previous) {
            return 'serial_taken'
          }
          const published = change === undefined ? [] : [publishChange(dialect, change, revision)]
          const { serial, sha256, publishedAt } = revision
          return {
            steps: [...published, must(doing(build.insert(revisions).values(revisionRow(revision))))],
            heads: { serial, revisionSha256: sha256, publishedAt },
          }
        },
      }),

    async highestSerialKnown() {
      const now = await heads()
      return now === 'unavailable' ? now : highestSerial(now)
    },

    raiseSerialFloor: (serial, event) =>
      perform<'raised', 'not_higher'>(engine, {
        event,
        done: 'raised',
        plan: (now) =>
          serial <= highestSerial(now) ? 'not_higher' : { steps: [], heads: { serialFloor: serial } },
      }),
  }
}

/** The version stops a change that was edited meanwhile; the state stops one from being published twice. */
const publishChange = (
  { build, tables: { changes } }: Dialect,
  { id, version }: NonNullable<Publication['change']>,
  { serial, publishedAt }: Revision,
): Step<'change_moved'> => ({
  statement: doing(
    build
      .update(changes)
      .set({
        state: 'published',
        version: sql`${changes.version} + 1`,
        publishedSerial: serial,
        updatedAt: publishedAt,
      })
      .where(
        and(
          eq(changes.id, id),
          eq(changes.version, version),
          notInArray(changes.state, ['published', 'withdrawn']),
        ),
      ),
  ),
  otherwise: 'change_moved',
})
