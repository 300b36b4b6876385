import { type Actor, actorName } from '../../../domain/actor.ts'
import { draftEvent } from '../../../domain/audit/draft-event.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import { type Revision, sealRevision } from '../../../domain/revisions/revision.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Sha256 } from '../../ports/digest.ts'
import type { RevisionHead, RevisionStore } from '../../ports/revision-store.ts'

export interface NextRevisionPorts {
  readonly revisions: RevisionStore
  readonly clock: Clock
  readonly sha256: Sha256
}

/** What the next revision is to say. `text` is the canonical JSON of a policy that was checked. */
export interface NextRevision {
  readonly text: string
  readonly title: string
  readonly reason: string
  readonly words: string
}

/** One attempt to add a revision above everything that any client can have seen. */
export async function publishNextRevision(
  { revisions, clock, sha256 }: NextRevisionPorts,
  actor: Actor,
  head: RevisionHead | undefined,
  next: NextRevision,
): Promise<Result<Revision, { readonly code: 'unavailable' | 'serial_taken' }>> {
  const highest = await revisions.highestSerialKnown()
  if (highest === 'unavailable') return fail({ code: 'unavailable' })
  const at = clock.now()
  const { text, title, reason } = next
  const draft = {
    serial: highest + 1,
    text,
    title,
    reason,
    author: actorName(actor),
    approvers: [],
    // Never before the revision that it follows, whichever of two machines has the later clock.
    publishedAt: Math.max(Math.floor(at / 1000), head?.publishedAt ?? 0),
  }
  const revision = sealRevision(draft, head, sha256)
  const event = draftEvent({
    kind: 'revision.published',
    at,
    actor,
    subject: { kind: 'revision', id: String(revision.serial) },
    words: next.words,
    data: {
      serial: revision.serial,
      sha256: revision.sha256,
      previousSha256: revision.previousSha256,
      approvalsRequired: 0,
      approvals: 0,
    },
  })
  const published = await revisions.publish({ revision, event })
  switch (published) {
    case 'published':
      return ok(revision)
    case 'unavailable':
      return fail({ code: 'unavailable' })
    case 'serial_taken':
      return fail({ code: 'serial_taken' })
    case 'change_moved':
      throw new TypeError('there was no change to move')
  }
}
