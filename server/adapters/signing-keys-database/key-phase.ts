import { keyState, publishedKeys } from '../../../domain/signing-keys/key-lifecycle.ts'
import type { PublicSigningJwk } from '../../../domain/signing-keys/public-signing-jwk.ts'
import type { StoredKey } from '../../ports/key-store.ts'
import type { EnvelopeSigner } from '../../ports/signer.ts'

/** A stored key with what signs with it; without, where its private half does not open here. */
export interface OpenedKey {
  readonly key: StoredKey
  readonly signer: EnvelopeSigner | undefined
}

/** What the keys are between two of their times: nothing about it changes from `from` on and before `until`. */
export interface KeyPhase {
  readonly from: number
  readonly until: number
  readonly signer: EnvelopeSigner | undefined
  readonly published: readonly PublicSigningJwk[]
  /** The key whose turn it is does not open; an earlier one, or none, signs. */
  readonly locked?: string
}

export function keyPhase(ring: readonly OpenedKey[], now: number): KeyPhase {
  const keys = ring.map(({ key }) => key)
  const times = keys.flatMap(({ signsFrom, signsUntil, publishedUntil }) =>
    [signsFrom, signsUntil, publishedUntil].filter((time) => time !== undefined),
  )
  // Stops a writer of the database from adding a key of its own to those that clients trust.
  const opened = ring.filter(({ signer }) => signer !== undefined).map(({ key }) => key)
  const active = ring.find(({ key }) => keyState(key, now) === 'active')
  return {
    from: Math.max(Number.NEGATIVE_INFINITY, ...times.filter((time) => time <= now)),
    until: Math.min(Number.POSITIVE_INFINITY, ...times.filter((time) => time > now)),
    signer: active?.signer ?? lastGood(ring, now),
    published: publishedKeys(opened, now),
    ...(active === undefined || active.signer !== undefined ? {} : { locked: active.key.publicJwk.kid }),
  }
}

/** While its own key does not open, the one before it signs for as long as clients know it. Never one taken out. */
const lastGood = (ring: readonly OpenedKey[], now: number): EnvelopeSigner | undefined =>
  ring
    .filter(({ key, signer }) => signer !== undefined && keyState(key, now) === 'retiring')
    .sort((one, other) => other.key.signsFrom - one.key.signsFrom)[0]?.signer
