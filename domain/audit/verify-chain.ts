import { isJsonObject } from '../json/json-value.ts'
import { hashEvent, NO_EVENT } from './chain.ts'
import { type AuditCheckpoint, type CheckpointTrust, verifyCheckpoint } from './checkpoint.ts'
import type { AuditEvent, AuditHead } from './event.ts'

export type ChainFinding =
  /** The event does not say what it said when it was written. */
  | { readonly code: 'changed'; readonly sequence: number }
  | { readonly code: 'missing'; readonly from: number; readonly to: number }
  /** It stands after a later one, or twice. */
  | { readonly code: 'reordered'; readonly sequence: number }
  /** It does not name the event that stands before it: one of the two was put in the place of another. */
  | { readonly code: 'unlinked'; readonly sequence: number }
  /** The log ends before an event that is known to have been there. */
  | { readonly code: 'truncated'; readonly last: number; readonly known: number }
  /** The event that is known to have been there is another one. */
  | { readonly code: 'rewritten'; readonly sequence: number }
  /** Older events were removed, and the checkpoint that says so bears no good signature. */
  | { readonly code: 'forged_checkpoint'; readonly sequence: number }

export interface ChainReport {
  readonly intact: boolean
  readonly events: number
  readonly first?: AuditHead
  readonly last?: AuditHead
  /** In the order of the log; no more than the first hundred. */
  readonly findings: readonly ChainFinding[]
}

export interface ChainKnowledge {
  /** Events that are known, from elsewhere, to have been in the log. */
  readonly heads?: readonly AuditHead[]
  /** Without it, no log that was pruned is believed. */
  readonly trust?: CheckpointTrust
}

const MOST_FINDINGS = 100

/**
 * Goes along a log, event by event as they are stored, and finds what was changed, removed or moved. Whoever can
 * write everything can write a whole new chain: only a head or a checkpoint that is kept elsewhere shows that.
 */
export class ChainVerifier {
  readonly #sha256: (utf8: string) => string
  readonly #knowledge: ChainKnowledge
  readonly #known: Map<number, string>
  readonly #findings: ChainFinding[] = []
  readonly #checkpoints: AuditCheckpoint[] = []
  #first: AuditEvent | undefined
  #last: AuditHead | undefined
  #events = 0

  constructor(sha256: (utf8: string) => string, knowledge: ChainKnowledge = {}) {
    this.#sha256 = sha256
    this.#knowledge = knowledge
    this.#known = new Map(
      (knowledge.heads ?? [])
        .filter(({ sequence }) => sequence > 0)
        .map((head) => [head.sequence, head.hash]),
    )
  }

  take(event: AuditEvent): void {
    this.#events += 1
    this.#first ??= event
    this.#checkPlace(event)
    if (!this.#isAsWritten(event)) this.#find({ code: 'changed', sequence: event.sequence })
    const known = this.#known.get(event.sequence)
    if (known !== undefined && known !== event.hash)
      this.#find({ code: 'rewritten', sequence: event.sequence })
    this.#noteCheckpoint(event)
    if (this.#last === undefined || event.sequence > this.#last.sequence) this.#last = headOf(event)
  }

  async finish(): Promise<ChainReport> {
    const start = await this.#checkStart()
    const last = this.#last?.sequence ?? 0
    const known = Math.max(0, ...this.#known.keys())
    if (known > last) this.#find({ code: 'truncated', last, known })
    const findings = [...start, ...this.#findings]
    return {
      intact: findings.length === 0,
      events: this.#events,
      ...(this.#first === undefined ? {} : { first: headOf(this.#first) }),
      ...(this.#last === undefined ? {} : { last: this.#last }),
      findings,
    }
  }

  #checkPlace(event: AuditEvent): void {
    if (this.#last === undefined) return
    const expected = this.#last.sequence + 1
    if (event.sequence > expected) {
      this.#find({ code: 'missing', from: expected, to: event.sequence - 1 })
    } else if (event.sequence < expected) {
      this.#find({ code: 'reordered', sequence: event.sequence })
    } else if (event.previousHash !== this.#last.hash) {
      this.#find({ code: 'unlinked', sequence: event.sequence })
    }
  }

  /** Only one that was written by us: the members of a changed event can be anything. */
  #noteCheckpoint(event: AuditEvent): void {
    if (event.kind === 'audit.pruned' && this.#isAsWritten(event) && isJsonObject(event.data.checkpoint)) {
      this.#checkpoints.push(event.data.checkpoint)
    }
  }

  #isAsWritten(event: AuditEvent): boolean {
    try {
      return hashEvent(event, this.#sha256) === event.hash
    } catch {
      // What canonical JSON cannot hold was never written by this program.
      return false
    }
  }

  /** A log may begin later only behind a checkpoint that it holds itself and that a key of ours signed. */
  async #checkStart(): Promise<readonly ChainFinding[]> {
    const first = this.#first
    if (first === undefined) return []
    const before = first.sequence - 1
    if (before === 0) {
      return first.previousHash === NO_EVENT ? [] : [{ code: 'unlinked', sequence: first.sequence }]
    }
    const candidates = this.#checkpoints.filter(
      ({ sequence, hash }) => sequence === before && hash === first.previousHash,
    )
    if (candidates.length === 0) return [{ code: 'missing', from: 1, to: before }]
    for (const candidate of candidates) {
      const { trust } = this.#knowledge
      if (trust !== undefined && (await verifyCheckpoint(candidate, trust))) return []
    }
    return [{ code: 'forged_checkpoint', sequence: before }]
  }

  #find(finding: ChainFinding): void {
    if (this.#findings.length < MOST_FINDINGS) this.#findings.push(finding)
  }
}

const headOf = ({ sequence, hash }: AuditHead): AuditHead => ({ sequence, hash })

/** The whole check of a log that is at hand. */
export function verifyChain(
  events: Iterable<AuditEvent>,
  sha256: (utf8: string) => string,
  knowledge: ChainKnowledge = {},
): Promise<ChainReport> {
  const verifier = new ChainVerifier(sha256, knowledge)
  for (const event of events) verifier.take(event)
  return verifier.finish()
}
