import { limits } from '../limits.ts'
import type { Claims } from './claims.ts'
import { entraTenant } from './entra-tenant.ts'
import { isAccessToken } from './is-access-token.ts'
import type { TokenRefusal } from './token-refusal.ts'
import type { TokenRequirements } from './token-requirements.ts'

const { clockTolerance, lifetime, claimItems } = limits.token

const isTime = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0

const checkIssuer = (claims: Claims, { type, issuer }: TokenRequirements): TokenRefusal | undefined => {
  // Character by character: a trailing slash or another case is another issuer.
  if (claims.iss !== issuer) return 'issuer'
  if (type !== 'entra' || claims.tid === undefined) return undefined
  const tenant = entraTenant(issuer)
  // Stops a token of a neighbouring tenant that is signed with the keys which all tenants share.
  return tenant === undefined || claims.tid === tenant ? undefined : 'tenant'
}

const checkAudience = ({ aud }: Claims, audiences: readonly string[]): TokenRefusal | undefined => {
  if (aud === undefined) return 'audience_missing'
  if (typeof aud === 'string') return audiences.includes(aud) ? undefined : 'audience'
  if (!Array.isArray(aud) || aud.length > claimItems) return 'audience'
  if (!aud.every((item) => typeof item === 'string')) return 'audience'
  return aud.some((item) => audiences.includes(item)) ? undefined : 'audience'
}

const checkExpiry = ({ exp }: Claims, now: number): TokenRefusal | undefined => {
  if (exp === undefined) return 'expiry_missing'
  if (!isTime(exp)) return 'expiry_malformed'
  return exp > now - clockTolerance ? undefined : 'expired'
}

const checkStart = ({ iat, exp, nbf }: Claims, now: number): TokenRefusal | undefined => {
  if (iat === undefined) return 'issued_at_missing'
  if (!isTime(iat)) return 'issued_at_malformed'
  if (iat > now + clockTolerance) return 'issued_in_future'
  // Also what a time in milliseconds comes to: an expiry fifty thousand years away.
  if (Number(exp) - iat > lifetime) return 'lifetime_too_long'
  if (nbf === undefined) return undefined
  if (!isTime(nbf)) return 'not_before_malformed'
  return nbf > now + clockTolerance ? 'not_yet_valid' : undefined
}

/**
 * Everything about a token's claims that does not depend on who it speaks for; the first failed check answers.
 * `typedAccessToken` is true when the header's `typ` says at+jwt. `now` is Unix time in whole seconds.
 */
export const checkClaims = (
  claims: Claims,
  typedAccessToken: boolean,
  requirements: TokenRequirements,
  now: number,
): TokenRefusal | undefined => {
  const refusal =
    checkIssuer(claims, requirements) ??
    checkAudience(claims, requirements.audiences) ??
    checkExpiry(claims, now) ??
    checkStart(claims, now)
  if (refusal !== undefined) return refusal
  if (!isAccessToken(claims, typedAccessToken, requirements)) return 'not_an_access_token'
  // A token bound to a key is worth nothing without the proof, and a bearer has shown none (RFC 7800).
  return Object.hasOwn(claims, 'cnf') ? 'sender_constrained' : undefined
}
