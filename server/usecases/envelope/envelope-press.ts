import { buildEnvelope, type UnsignedEnvelope } from '../../../domain/envelope/build-envelope.ts'
import { joseForm, jsonForm, protectedHeader, signingInput } from '../../../domain/envelope/signed-forms.ts'
import type { Layer } from '../../../domain/policy/layer.ts'
import type { EnterpriseConfig } from '../../../domain/policy/policy-document.ts'
import type { Sha256 } from '../../ports/digest.ts'
import type { Counter } from '../../ports/metrics.ts'
import type { PolicyInForce } from '../../ports/policy-source.ts'
import type { EnvelopeSigner } from '../../ports/signer.ts'

/** An envelope in both of its forms, signed once. */
export interface SignedEnvelope {
  readonly etag: string
  readonly json: string
  readonly jose: string
  readonly kid: string
  readonly serial?: number
  /** Unix seconds. */
  readonly issuedAt: number
  readonly notAfter: number
  /** The seconds of the clock for which this is the envelope: from `currentFrom` on, and before `renewsAt`. */
  readonly currentFrom: number
  readonly renewsAt: number
}

export interface EnvelopePress {
  /** Whether the clock is still inside the window of this envelope; also when it was set back. */
  isCurrent(envelope: SignedEnvelope, now: number): boolean
  print(
    policy: PolicyInForce,
    layers: readonly Layer[],
    resolve: () => EnterpriseConfig,
    signer: EnvelopeSigner,
    now: number,
  ): SignedEnvelope
}

interface PressSettings {
  readonly manager: string
  readonly ttl: number
  readonly refreshInterval: string
  readonly sha256: Sha256
  readonly prints: Counter
}

/** Different combinations of layers that are kept ready. Beyond it the oldest is signed again when it is asked for. */
const MOST_EDITIONS = 1000

/**
 * Signs each envelope once per policy, audience, key and window, and hands out the same bytes from then on: ECDSA is
 * randomised, so signing twice would give two answers for one tag.
 */
export function createEnvelopePress(settings: PressSettings): EnvelopePress {
  let policyOfEditions: PolicyInForce | undefined
  let kidOfEditions = ''
  const editions = new Map<string, SignedEnvelope>()

  return {
    isCurrent,
    print(policy, layers, resolve, signer, now) {
      if (policyOfEditions !== policy || kidOfEditions !== signer.kid) {
        editions.clear()
        policyOfEditions = policy
        kidOfEditions = signer.kid
      }
      const audience = layers.map(({ id }) => id).join('\n')
      const known = editions.get(audience)
      if (known !== undefined && isCurrent(known, now)) {
        settings.prints.add(['hit'])
        return known
      }
      settings.prints.add(['signed'])
      const unsigned = buildEnvelope(
        {
          config: resolve(),
          manager: settings.manager,
          ...(policy.serial === undefined ? {} : { serial: policy.serial }),
          publishedAt: policy.publishedAt,
          now,
          ttl: settings.ttl,
          refreshInterval: settings.refreshInterval,
        },
        settings.sha256,
      )
      const signed = sign(unsigned, signer, policy)
      editions.delete(audience)
      editions.set(audience, signed)
      dropOldest(editions)
      return signed
    },
  }
}

const isCurrent = (envelope: SignedEnvelope, now: number): boolean =>
  now < envelope.renewsAt && now >= envelope.currentFrom

function sign(unsigned: UnsignedEnvelope, signer: EnvelopeSigner, policy: PolicyInForce): SignedEnvelope {
  const signature = signer.sign(signingInput(unsigned.payload, signer.kid))
  const header = protectedHeader(signer.kid)
  return {
    etag: unsigned.etag,
    json: jsonForm(unsigned, header, signature),
    jose: joseForm(unsigned, header, signature),
    kid: signer.kid,
    ...(policy.serial === undefined ? {} : { serial: policy.serial }),
    issuedAt: unsigned.issuedAt,
    notAfter: unsigned.notAfter,
    // A revision that was published after this clock's time is issued at its publication, however far that is ahead.
    currentFrom: unsigned.issuedAt === policy.publishedAt ? 0 : unsigned.issuedAt,
    renewsAt: unsigned.renewsAt,
  }
}

function dropOldest(editions: Map<string, SignedEnvelope>): void {
  if (editions.size <= MOST_EDITIONS) return
  const oldest = editions.keys().next()
  if (!oldest.done) editions.delete(oldest.value)
}
