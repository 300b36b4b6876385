import type { ClientType } from '../../../domain/client-type.ts'
import type { Identity } from '../../../domain/identity/identity.ts'
import { matchingLayers } from '../../../domain/policy/matching-layers.ts'
import { resolvePolicy } from '../../../domain/policy/resolve-policy.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import type { Clock } from '../../ports/clock.ts'
import type { PolicyInForce, PolicySource } from '../../ports/policy-source.ts'
import type { SigningKeys } from '../../ports/signing-keys.ts'
import type { EnvelopePress, SignedEnvelope } from './envelope-press.ts'

export interface Caller {
  readonly clientType: ClientType
  readonly clientVersion: string
}

/** Why there is no envelope to hand out. */
export type EnvelopeAbsence = 'no_policy' | 'no_signing_key'

/** The envelope of this person on this client as it is now. Synchronous: no I/O stands behind it. */
export type ServeEnvelope = (identity: Identity, caller: Caller) => Result<SignedEnvelope, EnvelopeAbsence>

interface Dependencies {
  readonly policy: Pick<PolicySource, 'current'>
  readonly keys: Pick<SigningKeys, 'signer'>
  readonly press: EnvelopePress
  readonly clock: Clock
}

interface Memory {
  readonly policy: PolicyInForce
  readonly kid: string
  readonly clientType: ClientType
  readonly clientVersion: string
  readonly envelope: SignedEnvelope
}

/**
 * Identity → matching layers → resolved policy → signed bytes. What a caller got last is remembered with the identity,
 * so that the usual poll is a comparison and not a resolution.
 */
export function createServeEnvelope({ policy, keys, press, clock }: Dependencies): ServeEnvelope {
  const memories = new WeakMap<Identity, Memory>()

  return (identity, caller) => {
    const inForce = policy.current()
    if (inForce === undefined) return fail('no_policy')
    const signer = keys.signer()
    if (signer === undefined) return fail('no_signing_key')
    const now = Math.floor(clock.now() / 1000)

    const memory = memories.get(identity)
    if (
      memory !== undefined &&
      memory.policy === inForce &&
      memory.kid === signer.kid &&
      memory.clientType === caller.clientType &&
      memory.clientVersion === caller.clientVersion &&
      press.isCurrent(memory.envelope, now)
    ) {
      return ok(memory.envelope)
    }

    const layers = matchingLayers(inForce.document, viewerOf(identity, caller))
    const envelope = press.print(inForce, layers, () => resolvePolicy(layers).config, signer, now)
    memories.set(identity, { policy: inForce, kid: signer.kid, ...caller, envelope })
    return ok(envelope)
  }
}

const viewerOf = (identity: Identity, caller: Caller) => ({
  subject: identity.subject,
  ...(identity.email === undefined ? {} : { email: identity.email }),
  groups: identity.groups,
  ...caller,
})
