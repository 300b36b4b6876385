import type { Change, ChangeComment } from '../../../../domain/changes/change.ts'
import type { PolicyDocument } from '../../../../domain/policy/policy-document.ts'
import type { ChangeSummary } from '../../../ports/change-store.ts'
import type { Dialect } from '../dialect.ts'
import { storableText } from './audit-row.ts'

type ChangeRow = Dialect['tables']['changes']['$inferSelect']
type CommentRow = Dialect['tables']['comments']['$inferSelect']

/** What is searched for or compared stands in columns of its own, the rest in JSON. */
export function changeRow(change: Change): ChangeRow {
  const { id, state, version, createdAt, updatedAt, scheduledFor, publishedSerial, document, ...about } =
    change
  return {
    id: storableText(id),
    state,
    version,
    createdAt,
    updatedAt,
    scheduledFor: scheduledFor ?? null,
    publishedSerial: publishedSerial ?? null,
    about: JSON.stringify(about),
    document: JSON.stringify(document),
  }
}

export function changeSummary(row: Omit<ChangeRow, 'document'>): ChangeSummary {
  const { id, version, createdAt, updatedAt, scheduledFor, publishedSerial } = row
  const about = JSON.parse(row.about) as Pick<
    Change,
    'title' | 'reason' | 'author' | 'contributors' | 'baseSerial' | 'approvals'
  >
  return {
    ...about,
    id,
    state: row.state as Change['state'],
    version,
    createdAt,
    updatedAt,
    ...(scheduledFor === null ? {} : { scheduledFor }),
    ...(publishedSerial === null ? {} : { publishedSerial }),
  }
}

export const storedChange = (row: ChangeRow): Change => ({
  ...changeSummary(row),
  document: JSON.parse(row.document) as PolicyDocument,
})

export const commentRow = ({ id, changeId, at, ...about }: ChangeComment): CommentRow => ({
  id: storableText(id),
  changeId: storableText(changeId),
  at,
  about: JSON.stringify(about),
})

export const storedComment = ({ id, changeId, at, about }: CommentRow): ChangeComment => ({
  ...(JSON.parse(about) as Pick<ChangeComment, 'by' | 'text'>),
  id,
  changeId,
  at,
})
