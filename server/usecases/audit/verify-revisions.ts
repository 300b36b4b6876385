import { fail, ok } from '../../../domain/result.ts'
import { NO_REVISION } from '../../../domain/revisions/revision.ts'
import type { StoredRevision } from '../../ports/revision-store.ts'
import type { Governance, Outcome } from '../changes/governance.ts'

export type RevisionFinding =
  /** It does not match its hash. */
  | { readonly code: 'damaged'; readonly serial: number }
  /** It does not name the revision before it. */
  | { readonly code: 'unlinked'; readonly serial: number }
  /** No event, or one with another hash, tells of it. */
  | { readonly code: 'without_event'; readonly serial: number }
  /** An event tells of it, and it is not there. */
  | { readonly code: 'missing'; readonly serial: number }

export interface RevisionsChecked {
  readonly checked: number
  readonly findings: readonly RevisionFinding[]
}

interface Told {
  /** Hash by serial, as the audit log has them. */
  readonly published: ReadonlyMap<number, string>
  /** Older events were removed, so old revisions have none. */
  readonly pruned: boolean
}

const PAGE = 100
const MOST_FINDINGS = 100

/** Compares every revision up to `newest` with its own hash, the one before it, and what the audit log tells of it. */
export async function verifyRevisions(
  { revisions }: Pick<Governance, 'revisions'>,
  newest: number,
  told: Told,
): Outcome<RevisionsChecked> {
  const inspector = new RevisionInspector(told)
  let before = newest + 1
  for (;;) {
    const page = await revisions.list({ before, limit: PAGE })
    if (page === 'unavailable') return fail({ code: 'unavailable' })
    for (const stored of page) inspector.take(stored)
    const last = page.at(-1)
    // A damaged store may hand out the same revisions for ever.
    if (last === undefined || last.serial >= before) return ok(inspector.finish(newest))
    before = last.serial
  }
}

/** Goes from the newest revision to the first. */
class RevisionInspector {
  readonly #told: Told
  readonly #oldestTold: number
  readonly #findings: RevisionFinding[] = []
  readonly #seen = new Set<number>()
  /** What the revision that was looked at last, which is newer, says of the one before it. */
  #later: { readonly serial: number; readonly previousSha256: string } | undefined

  constructor(told: Told) {
    this.#told = told
    this.#oldestTold = told.pruned ? lowest(told.published.keys()) : 0
  }

  take(stored: StoredRevision): void {
    const { serial } = stored
    this.#seen.add(serial)
    if (!stored.intact) {
      this.#findings.push({ code: 'damaged', serial })
      this.#later = undefined
      return
    }
    const { sha256, previousSha256 } = stored.revision
    this.#expectLink(sha256)
    if (serial >= this.#oldestTold && this.#told.published.get(serial) !== sha256) {
      this.#findings.push({ code: 'without_event', serial })
    }
    this.#later = { serial, previousSha256 }
  }

  finish(newest: number): RevisionsChecked {
    this.#expectLink(NO_REVISION)
    for (const serial of this.#told.published.keys()) {
      if (serial <= newest && !this.#seen.has(serial)) this.#findings.push({ code: 'missing', serial })
    }
    return { checked: this.#seen.size, findings: this.#findings.slice(0, MOST_FINDINGS) }
  }

  #expectLink(sha256: string): void {
    if (this.#later !== undefined && this.#later.previousSha256 !== sha256) {
      this.#findings.push({ code: 'unlinked', serial: this.#later.serial })
    }
  }
}

function lowest(serials: Iterable<number>): number {
  let found = Number.POSITIVE_INFINITY
  for (const serial of serials) found = Math.min(found, serial)
  return found
}
