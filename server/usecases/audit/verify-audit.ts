import type { Actor } from '../../../domain/actor.ts'
import type { CheckpointTrust } from '../../../domain/audit/checkpoint.ts'
import type { AuditEvent, AuditHead } from '../../../domain/audit/event.ts'
import { type ChainReport, ChainVerifier } from '../../../domain/audit/verify-chain.ts'
import { isJsonObject } from '../../../domain/json/json-value.ts'
import { fail, ok } from '../../../domain/result.ts'
import { authorise, type Governance, type Outcome } from '../changes/governance.ts'
import { type RevisionFinding, verifyRevisions } from './verify-revisions.ts'

const PAGE = 500

export interface AuditVerification {
  readonly intact: boolean
  readonly chain: ChainReport
  readonly revisions: { readonly checked: number; readonly findings: readonly RevisionFinding[] }
}

export interface VerifyAudit {
  /** An event that was noted elsewhere, by an earlier check or export. */
  readonly knownHead?: AuditHead
  /** Called for each page, with the number of events so far. */
  readonly onProgress?: (events: number) => void
  readonly trust?: CheckpointTrust
}

/**
 * Goes through the whole log and all revisions: nothing changed, missing, moved or cut off, and each revision with
 * its event and each event with its revision. Work goes on meanwhile; what is written during the check is left out.
 */
export async function verifyAudit(
  governance: Pick<Governance, 'audit' | 'revisions' | 'sha256'>,
  actor: Actor,
  { knownHead, onProgress, trust }: VerifyAudit = {},
): Outcome<AuditVerification> {
  const allowed = authorise(actor, 'audit.verify')
  if (!allowed.ok) return allowed
  // The revisions first: the event of each of them is in the log that is read afterwards.
  const newest = await governance.revisions.head()
  const head = await governance.audit.head()
  if (newest === 'unavailable' || head === 'unavailable') return fail({ code: 'unavailable' })
  const heads = [head, knownHead].filter((known) => known !== undefined)
  const verifier = new ChainVerifier(governance.sha256, { heads, ...(trust === undefined ? {} : { trust }) })
  const published = new Map<number, string>()
  const walked = await walkEvents(
    governance,
    (event) => {
      verifier.take(event)
      notePublication(event, published)
    },
    onProgress,
  )
  if (!walked.ok) return walked
  const chain = await verifier.finish()
  const pruned = (chain.first?.sequence ?? 1) > 1
  const revisions = await verifyRevisions(governance, newest?.serial ?? 0, { published, pruned })
  if (!revisions.ok) return revisions
  const intact = chain.intact && revisions.value.findings.length === 0
  return ok({ intact, chain, revisions: revisions.value })
}

/** The members of an event that somebody changed can be anything. */
function notePublication(event: AuditEvent, published: Map<number, string>): void {
  if (event.kind !== 'revision.published' || !isJsonObject(event.data)) return
  const { serial, sha256 } = event.data
  if (typeof serial === 'number' && typeof sha256 === 'string') published.set(serial, sha256)
}

async function walkEvents(
  { audit }: Pick<Governance, 'audit'>,
  take: (event: AuditEvent) => void,
  onProgress: (events: number) => void = () => {},
): Outcome<number> {
  let after = 0
  let events = 0
  for (;;) {
    const page = await audit.read({ after, limit: PAGE })
    if (page === 'unavailable') return fail({ code: 'unavailable' })
    page.forEach(take)
    events += page.length
    onProgress(events)
    const last = page.at(-1)
    // A damaged store may hand out the same events for ever.
    if (last === undefined || last.sequence <= after) return ok(events)
    after = last.sequence
  }
}
