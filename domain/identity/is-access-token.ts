import type { Claims } from './claims.ts'
import type { TokenRequirements } from './token-requirements.ts'

/** Members that only ID tokens and logout tokens have. */
const foreignMembers = ['nonce', 'at_hash', 'c_hash', 'events']

/** Keycloak writes the kind of a token into its payload, as `typ`. */
const foreignKinds = new Set(['id', 'refresh', 'offline', 'logout'])

const saysForeignKind = (claims: Claims): boolean => {
  if (foreignMembers.some((member) => Object.hasOwn(claims, member))) return true
  if (typeof claims.typ === 'string' && foreignKinds.has(claims.typ.toLowerCase())) return true
  // Cognito's name for the kind.
  return claims.token_use !== undefined && claims.token_use !== 'access'
}

/** Members that the provider's access tokens have and its ID tokens lack. */
const accessMembers = {
  generic: ['scope', 'scp', 'client_id'],
  okta: ['scp', 'scope', 'cid'],
  entra: ['scp', 'roles', 'azp', 'appid'],
} as const

/**
 * Stops an ID token (or a logout or refresh token) from being used as an access token. It has the same issuer and keys,
 * and at Entra even the same audience. A header that says `at+jwt` settles it; otherwise the payload has to show
 * something that only access tokens carry. With a required scope that is the scope itself, which is checked anyway.
 */
export const isAccessToken = (
  claims: Claims,
  typedAccessToken: boolean,
  requirements: Pick<TokenRequirements, 'type' | 'requiredScope'>,
): boolean => {
  if (saysForeignKind(claims)) return false
  if (typedAccessToken || requirements.requiredScope.trim() !== '') return true
  return accessMembers[requirements.type].some((member) => Object.hasOwn(claims, member))
}
