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

/** An envelope that was handed out, with all that it depends on but the caller. */
interface Issued {
  readonly policy: PolicyInForce
  readonly kid: string
  readonly envelope: SignedEnvelope
  readonly answer: Result<SignedEnvelope, EnvelopeAbsence>
}

/** What a caller got last. */
interface Memory extends Issued {
  readonly clientType: ClientType
  readonly clientVersion: string
}

/**
 * Identity → matching layers → resolved policy → signed bytes. What everybody gets is remembered once, where no layer
 * asks who it is for; otherwise what a caller got last is remembered with the identity. So the usual poll is a
 * comparison and not a resolution.
 */
export function createServeEnvelope({ policy, keys, press, clock }: Dependencies): ServeEnvelope {
  const memories = new WeakMap<Identity, Memory>()
  let common: Issued | undefined

  return (identity, caller) => {
    const inForce = policy.current()
    if (inForce === undefined) return fail('no_policy')
    const signer = keys.signer()
    if (signer === undefined) return fail('no_signing_key')
    const now = Math.floor(clock.now() / 1000)

    const holds = (issued: Issued): boolean =>
      issued.policy === inForce && issued.kid === signer.kid && press.isCurrent(issued.envelope, now)
    if (common !== undefined && holds(common)) return common.answer
    const memory = memories.get(identity)
    if (memory !== undefined && isFor(memory, caller) && holds(memory)) return memory.answer

    const layers = matchingLayers(inForce.document, viewerOf(identity, caller))
    const envelope = press.print(inForce, layers, () => resolvePolicy(layers).config, signer, now)
    const issued = { policy: inForce, kid: signer.kid, envelope, answer: ok(envelope) }
    const { clientType, clientVersion } = caller
    if (isForEverybody(inForce)) common = issued
    else memories.set(identity, { ...issued, clientType, clientVersion })
    return issued.answer
  }
}

const isFor = (memory: Memory, { clientType, clientVersion }: Caller): boolean =>
  memory.clientType === clientType && memory.clientVersion === clientVersion

const isForEverybody = ({ document }: PolicyInForce): boolean =>
  document.layers.every(({ audience }) => audience === undefined)

const viewerOf = (identity: Identity, caller: Caller) => ({
  subject: identity.subject,
  ...(identity.email === undefined ? {} : { email: identity.email }),
  groups: identity.groups,
  ...caller,
})
