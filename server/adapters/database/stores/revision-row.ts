import { checkRevision, type Revision } from '../../../../domain/revisions/revision.ts'
import type { StoredRevision } from '../../../ports/revision-store.ts'
import { sha256 } from '../../system/sha256.ts'
import type { Dialect } from '../dialect.ts'

type RevisionTable = Dialect['tables']['revisions']

/** What nobody searches for: kept as JSON, in which any text can be held. */
type About = Pick<Revision, 'title' | 'reason' | 'author' | 'approvers' | 'changeId'>

export const revisionRow = (revision: Revision): RevisionTable['$inferSelect'] => {
  const { serial, sha256, previousSha256, publishedAt, text, title, reason, author, approvers, changeId } =
    revision
  const about: About = {
    title,
    reason,
    author,
    approvers,
    ...(changeId === undefined ? {} : { changeId }),
  }
  return { serial, sha256, previousSha256, publishedAt, about: JSON.stringify(about), document: text }
}

/** The check that stops an altered policy from being served, whatever altered it: a disk, or a hand. */
export function storedRevision(row: RevisionTable['$inferSelect']): StoredRevision {
  const { serial } = row
  try {
    const about = JSON.parse(row.about) as About
    const revision: Revision = {
      ...about,
      serial,
      sha256: row.sha256,
      previousSha256: row.previousSha256,
      publishedAt: row.publishedAt,
      text: row.document,
    }
    if (checkRevision(revision, sha256)) return { intact: true, serial, revision }
  } catch {
    // What is no JSON, or JSON of another shape, is damaged too.
  }
  return { intact: false, serial }
}
