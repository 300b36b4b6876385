import { limits } from '../limits.ts'
import { fail, ok, type Result } from '../result.ts'
import type { PublicSigningJwk } from './public-signing-jwk.ts'

export type KeyState = 'next' | 'active' | 'retiring' | 'retired'

/** A signing key with its times, in Unix seconds. Its states follow from them, so replicas agree without a word. */
export interface ManagedKey {
  readonly publicJwk: PublicSigningJwk
  readonly createdAt: number
  readonly signsFrom: number
  /** Absent while no successor is set. */
  readonly signsUntil?: number
  /** When the last thing that it can have signed has expired. Absent while no successor is set. */
  readonly publishedUntil?: number
}

export type RotationProblem =
  | { readonly code: 'no_active_key' }
  | { readonly code: 'known_key' }
  /** The last rotation has not taken effect. */
  | { readonly code: 'rotation_under_way'; readonly until: number }

/** For how long a client or a cache may go on with the JWKS that it has: the max-age of its answer. */
export const JWKS_MAX_AGE = 300

/** How far ahead of its use a key is published: every cache has let go of the old JWKS by then, on any clock. */
export const PUBLICATION_LEAD = JWKS_MAX_AGE + limits.envelope.futureTolerance

export function keyState(key: ManagedKey, now: number): KeyState {
  if (now < key.signsFrom) return 'next'
  if (key.signsUntil === undefined || now < key.signsUntil) return 'active'
  return key.publishedUntil === undefined || now < key.publishedUntil ? 'retiring' : 'retired'
}

/** The key that signs now. Undefined only where there is no key at all. */
export const signingKey = (keys: readonly ManagedKey[], now: number): ManagedKey | undefined =>
  keys.find((key) => keyState(key, now) === 'active')

/** What the JWKS lists: the active key, then the next one, then those whose signatures are still good. */
export function publishedKeys(keys: readonly ManagedKey[], now: number): readonly PublicSigningJwk[] {
  const order: readonly KeyState[] = ['active', 'next', 'retiring']
  return order.flatMap((state) =>
    keys.filter((key) => keyState(key, now) === state).map(({ publicJwk }) => publicMembers(publicJwk)),
  )
}

/** Names what is published instead of leaving out what is not: a private member cannot slip through. */
const publicMembers = ({ kty, crv, x, y, kid, use, alg }: PublicSigningJwk): PublicSigningJwk => ({
  kty,
  crv,
  x,
  y,
  kid,
  use,
  alg,
})

/** The first key of an installation signs at once, whatever the clock does: there is none before it. */
export const firstKey = (publicJwk: PublicSigningJwk, now: number): readonly ManagedKey[] => [
  { publicJwk, createdAt: now, signsFrom: 0 },
]

/**
 * Sets a successor: published at once, signing when every client has had the time to learn of it. The key before it
 * stays published until all that it signed has expired.
 * @param longestTtl the longest life, in seconds, of anything that the present key has signed
 */
export function rotate(
  keys: readonly ManagedKey[],
  successor: PublicSigningJwk,
  { now, longestTtl }: { readonly now: number; readonly longestTtl: number },
): Result<readonly ManagedKey[], RotationProblem> {
  if (keys.some(({ publicJwk }) => publicJwk.kid === successor.kid)) return fail({ code: 'known_key' })
  const pending = keys.find((key) => keyState(key, now) === 'next')
  if (pending !== undefined) return fail({ code: 'rotation_under_way', until: pending.signsFrom })
  const active = signingKey(keys, now)
  if (active === undefined) return fail({ code: 'no_active_key' })

  const handover = now + PUBLICATION_LEAD
  return ok([
    ...keys.map((key) => (key === active ? { ...key, ...endsAt(handover, longestTtl) } : key)),
    { publicJwk: successor, createdAt: now, signsFrom: handover },
  ])
}

/**
 * Takes a stolen key out of the JWKS at once and lets the successor sign in its place. What the stolen key signed
 * verifies no more; a client that meets the new `kid` fetches the JWKS again by itself.
 */
export function replaceStolenKey(
  keys: readonly ManagedKey[],
  successor: PublicSigningJwk,
  now: number,
): Result<readonly ManagedKey[], RotationProblem> {
  if (keys.some(({ publicJwk }) => publicJwk.kid === successor.kid)) return fail({ code: 'known_key' })
  const stolen = signingKey(keys, now)
  if (stolen === undefined) return fail({ code: 'no_active_key' })
  // A successor that waited beside the stolen key may have been stolen with it: it goes too.
  const kept = keys.filter((key) => key !== stolen && keyState(key, now) !== 'next')
  return ok([...kept, { publicJwk: successor, createdAt: now, signsFrom: lastEnd(kept) }])
}

/** An envelope may be dated ahead of the clock by as much as clients allow, and lives that much longer. */
const endsAt = (handover: number, longestTtl: number): Pick<ManagedKey, 'signsUntil' | 'publishedUntil'> => ({
  signsUntil: handover,
  publishedUntil: handover + limits.envelope.futureTolerance + longestTtl,
})

const lastEnd = (keys: readonly ManagedKey[]): number =>
  Math.max(0, ...keys.map(({ signsUntil }) => signsUntil ?? 0))
