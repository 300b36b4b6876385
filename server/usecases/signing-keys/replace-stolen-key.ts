import type { Actor } from '../../../domain/actor.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import {
  type RotationProblem,
  replaceStolenKey as replaceInRing,
  signingKey,
} from '../../../domain/signing-keys/key-lifecycle.ts'
import type { SealedKey } from '../../ports/key-vault.ts'
import { type RepublishPorts, type RepublishProblem, republishPolicy } from '../policy/republish-policy.ts'
import {
  changeKeyRing,
  type KeyRingPorts,
  type KeyRingProblem,
  withPrivateHalves,
} from './change-key-ring.ts'
import { keyEvent } from './key-event.ts'

export interface Replacement {
  readonly kid: string
  readonly stolenKid: string
  /** The serial under which every client fetches anew; or why it was not raised. The key is replaced either way. */
  readonly republished: Result<{ readonly serial: number }, RepublishProblem>
}

/**
 * Puts a new key in the place of one that may be in foreign hands. The envelope's tag does not change with the key, so
 * the same policy is published again under the next serial: without that, whoever holds an envelope of the stolen key
 * would be told that nothing has changed.
 */
export async function replaceStolenKey(
  ports: KeyRingPorts & RepublishPorts,
  actor: Actor,
  key: SealedKey,
): Promise<Result<Replacement, RotationProblem | KeyRingProblem>> {
  const { kid } = key.publicJwk
  const replaced = await changeKeyRing(ports, actor, 'key.replace', (ring, { at, now }) => {
    const stolenKid = signingKey(ring, now)?.publicJwk.kid
    const next = replaceInRing(ring, key.publicJwk, now)
    if (!next.ok) return next
    if (stolenKid === undefined) return fail({ code: 'no_active_key' as const })
    return ok({
      keys: withPrivateHalves(next.value, [...ring, key]),
      event: keyEvent({
        kind: 'key.replaced',
        at,
        actor,
        words: `Replaced the signing key ${stolenKid} at once by ${kid}. What it signed verifies no more.`,
        data: { kid, stolenKid },
      }),
      outcome: { kid, stolenKid },
    })
  })
  if (!replaced.ok) return replaced
  const republished = await republishPolicy(ports, actor, {
    operation: 'key.replace',
    title: 'The same policy again',
    reason: `The signing key ${replaced.value.stolenKid} was replaced: every client fetches its policy anew.`,
  })
  return ok({ ...replaced.value, republished })
}
