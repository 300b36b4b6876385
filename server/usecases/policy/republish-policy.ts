import { mayDo, type Operation } from '../../../domain/access/roles.ts'
import type { Actor } from '../../../domain/actor.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import { type NextRevisionPorts, publishNextRevision } from './publish-next-revision.ts'

export type RepublishPorts = NextRevisionPorts

export interface RepublishProblem {
  readonly code:
    | 'forbidden'
    | 'unavailable'
    | 'busy'
    /** Nothing was ever published: a file governs the policy, or there is none. */
    | 'no_revision'
    /** The newest revision fails its own hash: it is not to be published again. */
    | 'damaged'
}

interface Republication {
  /** The deed that this is a part of. */
  readonly operation: Extract<Operation, 'key.replace' | 'backup.restore'>
  readonly title: string
  readonly reason: string
}

const MOST_ATTEMPTS = 5

/** Publishes what is in force once more, so that every client takes a new envelope. Only the serial is another. */
export async function republishPolicy(
  ports: RepublishPorts,
  actor: Actor,
  { operation, title, reason }: Republication,
): Promise<Result<{ readonly serial: number }, RepublishProblem>> {
  if (!mayDo(actor.roles, operation)) return fail({ code: 'forbidden' })
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    const head = await ports.revisions.head()
    if (head === 'unavailable') return fail({ code: 'unavailable' })
    if (head === undefined) return fail({ code: 'no_revision' })
    const stored = await ports.revisions.get(head.serial)
    if (stored === 'unavailable') return fail({ code: 'unavailable' })
    if (stored === undefined || !stored.intact) return fail({ code: 'damaged' })
    const published = await publishNextRevision(ports, actor, head, {
      text: stored.revision.text,
      title,
      reason,
      words: `Published the policy of revision ${head.serial} once more. ${reason}`,
    })
    if (published.ok) return ok({ serial: published.value.serial })
    if (published.problem.code === 'unavailable') return fail({ code: 'unavailable' })
  }
  return fail({ code: 'busy' })
}
