import type { Actor } from '../../../domain/actor.ts'
import { formatInstant } from '../../../domain/instant.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import { type RotationProblem, rotate, signingKey } from '../../../domain/signing-keys/key-lifecycle.ts'
import type { SealedKey } from '../../ports/key-vault.ts'
import {
  changeKeyRing,
  type KeyRingPorts,
  type KeyRingProblem,
  withPrivateHalves,
} from './change-key-ring.ts'
import { keyEvent } from './key-event.ts'

export interface Rotation {
  readonly kid: string
  readonly previousKid: string
  /** Unix seconds: from then on the new key signs. It is published from now on. */
  readonly signsFrom: number
  /** Unix seconds: until then the key before it stays published. */
  readonly previousPublishedUntil: number
}

interface Successor {
  readonly key: SealedKey
  readonly origin: 'created' | 'imported'
  /** Seconds: the longest life of anything that the present key has signed. */
  readonly longestTtl: number
}

/** Sets a successor to the key that signs. Nobody notices but those who read the JWKS. */
export function rotateKeys(
  ports: KeyRingPorts,
  actor: Actor,
  { key, origin, longestTtl }: Successor,
): Promise<Result<Rotation, RotationProblem | KeyRingProblem>> {
  const { kid } = key.publicJwk
  const operation = origin === 'created' ? 'key.rotate' : 'key.import'
  return changeKeyRing(ports, actor, operation, (ring, { at, now }) => {
    const previous = signingKey(ring, now)
    const rotated = rotate(ring, key.publicJwk, { now, longestTtl })
    if (!rotated.ok) return rotated
    const successor = rotated.value.find(({ publicJwk }) => publicJwk.kid === kid)
    const ended = rotated.value.find(({ publicJwk }) => publicJwk.kid === previous?.publicJwk.kid)
    if (previous === undefined || successor === undefined || ended?.publishedUntil === undefined) {
      return fail({ code: 'no_active_key' })
    }
    const previousKid = previous.publicJwk.kid
    const { signsFrom } = successor
    return ok({
      keys: withPrivateHalves(rotated.value, [...ring, key]),
      event: keyEvent({
        kind: 'key.rotated',
        at,
        actor,
        words: `${origin === 'created' ? 'Made' : 'Imported'} the signing key ${kid}. It follows ${previousKid} at ${formatInstant(signsFrom)}.`,
        data: { kid, previousKid, signsFrom },
      }),
      outcome: { kid, previousKid, signsFrom, previousPublishedUntil: ended.publishedUntil },
    })
  })
}
