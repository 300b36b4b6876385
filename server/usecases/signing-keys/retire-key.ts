import type { Actor } from '../../../domain/actor.ts'
import { ok, type Result } from '../../../domain/result.ts'
import { type KeyState, keyState } from '../../../domain/signing-keys/key-lifecycle.ts'
import { type RetirementProblem, retireKey as retireInRing } from '../../../domain/signing-keys/retire-key.ts'
import { changeKeyRing, type KeyRingPorts, type KeyRingProblem } from './change-key-ring.ts'
import { keyEvent } from './key-event.ts'

export interface Retirement {
  readonly kid: string
  /** What it was until now. A `next` key was withdrawn before it signed anything. */
  readonly was: KeyState
}

/** Takes a key out of the JWKS before its time. */
export function retireKey(
  ports: KeyRingPorts,
  actor: Actor,
  kid: string,
): Promise<Result<Retirement, RetirementProblem | KeyRingProblem>> {
  return changeKeyRing(ports, actor, 'key.retire', (ring, { at, now }) => {
    const retired = retireInRing(ring, kid, now)
    if (!retired.ok) return retired
    const key = ring.find(({ publicJwk }) => publicJwk.kid === kid)
    const was = key === undefined ? 'retired' : keyState(key, now)
    const words =
      was === 'next'
        ? `Withdrew the signing key ${kid} before it signed anything.`
        : `Retired the signing key ${kid}. What it signed verifies no more.`
    return ok({
      keys: retired.value,
      event: keyEvent({ kind: 'key.retired', at, actor, words, data: { kid } }),
      outcome: { kid, was },
    })
  })
}
