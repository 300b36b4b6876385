import { checkClaims } from '../../../domain/identity/check-claims.ts'
import { claimsToIdentity } from '../../../domain/identity/claims-to-identity.ts'
import { holdsScopes, requiredScopes } from '../../../domain/identity/read-scopes.ts'
import type { TokenRefusal } from '../../../domain/identity/token-refusal.ts'
import type { TokenRequirements } from '../../../domain/identity/token-requirements.ts'
import { limits } from '../../../domain/limits.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import type { KeyLookup, KeySet, VerificationKey } from '../../ports/key-set.ts'
import type { RefusedToken, TokenVerifier, VerifiedToken } from '../../ports/token-verifier.ts'
import { createHeaderReader } from './header-reader.ts'
import { parseObject } from './parse-object.ts'
import type { TokenHeader } from './read-header.ts'
import { createSharedLists } from './share-lists.ts'
import { splitToken, type TokenParts } from './split-token.ts'

const KID_SHOWN = 64

const refuse = (reason: TokenRefusal, kid?: string) =>
  fail<RefusedToken>(kid === undefined ? { reason } : { reason, kid: kid.slice(0, KID_SHOWN) })

const keyRefusal = (reason: Exclude<KeyLookup, { found: true }>['reason']): TokenRefusal => {
  switch (reason) {
    case 'unknown':
      return 'key_unknown'
    case 'ambiguous':
      return 'key_ambiguous'
    case 'unusable':
      return 'key_unusable'
    case 'unnamed':
      return 'kid_missing'
  }
}

const chooseKey = (
  header: TokenHeader,
  keySet: Pick<KeySet, 'find'>,
): Result<VerificationKey, TokenRefusal> => {
  const lookup = keySet.find(header.kid)
  if (!lookup.found) return fail(keyRefusal(lookup.reason))
  // A key is good for one algorithm: stops a token from choosing the weaker of two.
  return lookup.key.algorithm === header.algorithm ? ok(lookup.key) : fail('key_algorithm')
}

/** Cheap checks of form first, then the signature, and only then is anything read for meaning. */
export const createTokenVerifier = (
  requirements: TokenRequirements,
  keySet: Pick<KeySet, 'find'>,
): TokenVerifier => {
  const scopes = requiredScopes(requirements.requiredScope, requirements.type)
  const share = createSharedLists()
  const headers = createHeaderReader(requirements.type)

  const readClaims = (
    parts: TokenParts,
    header: TokenHeader,
    key: VerificationKey,
    now: number,
  ): Result<VerifiedToken, TokenRefusal> => {
    const claims = parseObject(parts.payload)
    if (claims === undefined) return fail('claims_malformed')
    const refusal = checkClaims(claims, header.typedAccessToken, requirements, now)
    if (refusal !== undefined) return fail(refusal)
    const read = claimsToIdentity(claims, requirements)
    if (!read.ok) return read
    const identity = read.value
    if (!holdsScopes(identity.scopes, scopes)) return fail('scope_missing')
    const { groups, roles } = identity
    return ok({
      identity: { ...identity, groups: share(groups), roles: share(roles), scopes: share(identity.scopes) },
      key,
      expiresAt: Number(claims.exp),
    })
  }

  const verify = (token: string, now: number): Result<VerifiedToken, RefusedToken> => {
    if (token.length > limits.token.bytes) return refuse('too_long')
    const parts = splitToken(token)
    if (!parts.ok) return refuse(parts.problem)
    const header = headers.read(parts.value.header)
    if (!header.ok) return refuse(header.problem)
    const { kid } = header.value
    const key = chooseKey(header.value, keySet)
    if (!key.ok) return refuse(key.problem, kid)
    const input = Buffer.from(parts.value.signingInput, 'latin1')
    if (!key.value.verify(input, parts.value.signature)) return refuse('signature', kid)
    headers.keep(parts.value.header, header.value)
    const verified = readClaims(parts.value, header.value, key.value, now)
    return verified.ok ? verified : refuse(verified.problem, kid)
  }

  return { verify }
}
