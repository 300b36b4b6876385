import { type ActorName, actorName } from '../actor.ts'
import { canonicalJson } from '../envelope/canonical-json.ts'
import type { PolicyDocument } from '../policy/policy-document.ts'
import { singleLayer } from '../policy/single-layer.ts'

/** What is published, before it is sealed. */
export interface RevisionDraft {
  readonly serial: number
  /** The policy, canonical JSON, exactly as it is stored: it is never written again from a value. */
  readonly text: string
  readonly title: string
  readonly reason: string
  readonly author: ActorName
  readonly approvers: readonly ActorName[]
  /** Absent for what did not come from a change. */
  readonly changeId?: string
  /** Unix seconds. */
  readonly publishedAt: number
}

/** One published policy. Nothing about it ever changes. */
export interface Revision extends RevisionDraft {
  readonly previousSha256: string
  /** Over every other member, the previous hash included. */
  readonly sha256: string
}

/** What the next revision is linked to. */
export type RevisionLink = Pick<Revision, 'serial' | 'sha256'>

/** What the first revision names as the one before it. */
export const NO_REVISION = '0'.repeat(64)

/** What is in force before anything was published: one layer for everybody that governs nothing. */
export const emptyPolicy: PolicyDocument = singleLayer({})

type Sha256 = (utf8: string) => string

/** Links a revision to the one before it. A serial that does not grow is a bug of the caller. */
export function sealRevision(
  draft: RevisionDraft,
  previous: RevisionLink | undefined,
  sha256: Sha256,
): Revision {
  if (!Number.isSafeInteger(draft.serial) || draft.serial <= (previous?.serial ?? 0)) {
    throw new TypeError(`serial ${draft.serial} does not follow ${previous?.serial ?? 0}`)
  }
  const linked = { ...draft, previousSha256: previous?.sha256 ?? NO_REVISION }
  return { ...linked, sha256: hashRevision(linked, sha256) }
}

/** Whether a stored revision is what was sealed. Stops a changed policy, author or approval from being believed. */
export const checkRevision = (revision: Revision, sha256: Sha256): boolean =>
  hashRevision(revision, sha256) === revision.sha256

/** Names each member, so that what a store adds to a row is not part of the hash. */
const hashRevision = (revision: Omit<Revision, 'sha256'>, sha256: Sha256): string =>
  sha256(
    canonicalJson({
      serial: revision.serial,
      text: revision.text,
      title: revision.title,
      reason: revision.reason,
      author: actorName(revision.author),
      approvers: revision.approvers.map(actorName),
      ...(revision.changeId === undefined ? {} : { changeId: revision.changeId }),
      publishedAt: revision.publishedAt,
      previousSha256: revision.previousSha256,
    }),
  )
