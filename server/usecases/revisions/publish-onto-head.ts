import type { Actor, ActorName } from '../../../domain/actor.ts'
import { describeDifference } from '../../../domain/audit/describe-difference.ts'
import { draftEvent, quoted } from '../../../domain/audit/draft-event.ts'
import type { AuditDraft } from '../../../domain/audit/event.ts'
import { canonicalJson } from '../../../domain/envelope/canonical-json.ts'
import { checkPolicyDocument } from '../../../domain/policy/check-policy-document.ts'
import type { PolicyDocument } from '../../../domain/policy/policy-document.ts'
import type { PolicyProblem } from '../../../domain/policy/problem.ts'
import { fail, ok } from '../../../domain/result.ts'
import { type Revision, sealRevision } from '../../../domain/revisions/revision.ts'
import { type Governance, nowInSeconds, type Outcome, policyContext } from '../changes/governance.ts'
import type { SeenChange } from '../changes/take-step.ts'
import { type InForce, readInForce } from './read-in-force.ts'

/** What is to be published, decided on the policy that is in force. */
export interface Publishable {
  readonly document: PolicyDocument
  readonly title: string
  readonly reason: string
  readonly author: ActorName
  readonly approvers: readonly ActorName[]
  readonly change?: SeenChange
  readonly approvalsRequired: number
}

export interface Published {
  readonly revision: Revision
  readonly warnings: readonly PolicyProblem[]
}

/** Each lost race means that somebody else published, so this many tell of something else than a busy day. */
const MOST_ATTEMPTS = 50
/** A clock further behind than this would date what clients refuse as older than what they have. */
const CLOCK_TOLERANCE = 60

/**
 * Publishes what `prepare` makes of the policy in force. When another revision comes first, it is made anew from
 * that one: nothing is ever written over a revision that was not looked at.
 */
export async function publishOntoHead(
  governance: Governance,
  actor: Actor,
  prepare: (inForce: InForce) => Outcome<Publishable>,
): Outcome<Published> {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    const inForce = await readInForce(governance)
    if (!inForce.ok) return inForce
    const publishable = await prepare(inForce.value)
    if (!publishable.ok) return publishable
    const published = await publishOnce(governance, actor, inForce.value, publishable.value)
    if (!published.ok) return published
    if (published.value !== 'serial_taken') return ok(published.value)
  }
  return fail({ code: 'busy' })
}

async function publishOnce(
  governance: Governance,
  actor: Actor,
  inForce: InForce,
  publishable: Publishable,
): Outcome<Published | 'serial_taken'> {
  // Merging can bring together what each side alone was allowed to say.
  const checked = checkPolicyDocument(publishable.document, policyContext(governance))
  if (!checked.ok) return fail({ code: 'invalid_policy', problems: checked.problems })
  const now = nowInSeconds(governance)
  const previous = inForce.head
  const behind = previous === undefined ? 0 : previous.publishedAt - now
  if (behind > CLOCK_TOLERANCE) return fail({ code: 'clock_behind', seconds: behind })
  const highest = await governance.revisions.highestSerialKnown()
  if (highest === 'unavailable') return fail({ code: 'unavailable' })
  const { title, reason, author, approvers, change } = publishable
  const revision = sealRevision(
    {
      serial: highest + 1,
      text: canonicalJson(checked.value),
      title,
      reason,
      author,
      approvers,
      ...(change === undefined ? {} : { changeId: change.id }),
      publishedAt: Math.max(now, previous?.publishedAt ?? 0),
    },
    previous,
    governance.sha256,
  )
  const outcome = await governance.revisions.publish({
    revision,
    ...(change === undefined ? {} : { change: { id: change.id, version: change.version } }),
    event: publishedEvent(governance, actor, inForce, publishable, revision),
  })
  switch (outcome) {
    case 'published':
      return ok({ revision, warnings: checked.warnings })
    case 'serial_taken':
      return ok('serial_taken')
    case 'change_moved':
      return fail({ code: 'moved' })
    case 'unavailable':
      return fail({ code: 'unavailable' })
  }
}

function publishedEvent(
  governance: Governance,
  actor: Actor,
  inForce: InForce,
  publishable: Publishable,
  revision: Revision,
): AuditDraft {
  const { serial, sha256, previousSha256, changeId } = revision
  const difference = describeDifference(inForce.document, publishable.document)
  const approvals = publishable.approvers.length
  const missing = publishable.approvalsRequired - approvals
  const unapproved =
    missing > 0 ? ` Published on the machine itself, without the ${missing} missing approvals.` : ''
  return draftEvent({
    kind: 'revision.published',
    at: governance.clock.now(),
    actor,
    subject: { kind: 'revision', id: String(serial) },
    words: `Published revision ${serial}, ${quoted(revision.title)}.${unapproved} ${difference.words}`.trim(),
    before: difference.before,
    after: difference.after,
    data: {
      serial,
      sha256,
      previousSha256,
      ...(changeId === undefined ? {} : { changeId }),
      approvalsRequired: publishable.approvalsRequired,
      approvals,
    },
  })
}
