import { desc, eq } from 'drizzle-orm'
import type { Unavailable } from '../../../ports/database.ts'
import type { RevisionHead } from '../../../ports/revision-store.ts'
import { readHeads } from '../deed.ts'
import type { Engine } from '../engine.ts'
import { asking } from '../statement.ts'
import { theRow } from './the-row.ts'

/**
 * The newest revision, if the heads and the revisions agree on which it is. Stops a damaged page from making an older
 * policy the newest one.
 */
export async function readHead(engine: Engine): Promise<RevisionHead | undefined | Unavailable> {
  const newest = await readLinks(engine)
  if (newest === 'unavailable') return newest
  // Read after the newest revision: another one may come in between, but none can go.
  const heads = theRow(await engine.rows(readHeads(engine.dialect)))
  if (heads === 'unavailable') return heads
  const { serial, revisionSha256: sha256, publishedAt } = heads
  const before = newest[0]?.serial ?? 0
  if (serial === 0 && before === 0) return undefined
  const named = serial > before ? await readLinks(engine, serial) : newest
  if (named === 'unavailable') return named
  if (named[0]?.serial === serial && named[0].sha256 === sha256) return { serial, sha256, publishedAt }
  engine.noteDamage('The newest revision in the database is not the one that was published last.')
  return 'unavailable'
}

function readLinks({ rows, dialect: { build, tables } }: Engine, serial?: number) {
  const { revisions } = tables
  const fields = { serial: revisions.serial, sha256: revisions.sha256 }
  const wanted = build
    .select(fields)
    .from(revisions)
    .where(serial === undefined ? undefined : eq(revisions.serial, serial))
    .orderBy(desc(revisions.serial))
    .limit(1)
  return rows(asking(fields, wanted))
}
