import type { Actor } from '../../../domain/actor.ts'
import { canonicalJson } from '../../../domain/envelope/canonical-json.ts'
import type { PolicyDocument } from '../../../domain/policy/policy-document.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import { type NextRevisionPorts, publishNextRevision } from './publish-next-revision.ts'

export interface FirstPolicy {
  readonly document: PolicyDocument
  readonly title: string
  readonly reason: string
}

/**
 * Gives a database without a revision its first one, so that a client gets a signed envelope from the first minute.
 * Where another replica was quicker by a moment, its revision stays the only one.
 */
export async function publishFirstRevision(
  ports: NextRevisionPorts,
  actor: Actor,
  first: FirstPolicy,
): Promise<Result<'published' | 'was_there', { readonly code: 'unavailable' }>> {
  const published = await publishNextRevision(ports, actor, undefined, {
    text: canonicalJson(first.document),
    title: first.title,
    reason: first.reason,
    words: `Published the first revision. ${first.reason}`,
  })
  if (published.ok) return ok('published')
  return published.problem.code === 'serial_taken' ? ok('was_there') : fail({ code: 'unavailable' })
}
