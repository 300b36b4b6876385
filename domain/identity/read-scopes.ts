import { limits } from '../limits.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Claims } from './claims.ts'
import type { IdentityProviderType } from './identity.ts'

const none: readonly string[] = []

/** Where two claims exist, the one that the provider's own documentation names wins; they are never merged. */
const claimWithScopes = (claims: Claims, type: IdentityProviderType): unknown =>
  type === 'generic' ? (claims.scope ?? claims.scp) : (claims.scp ?? claims.scope)

/** The scopes as whole words: a string split at single spaces, or an array of strings taken as they are. */
export const readScopes = (
  claims: Claims,
  type: IdentityProviderType,
): Result<readonly string[], 'scope_malformed'> => {
  const value = claimWithScopes(claims, type)
  if (value === undefined) return ok(none)
  if (typeof value === 'string') return ok(value.split(' ').filter((word) => word !== ''))
  if (!Array.isArray(value) || value.length > limits.token.claimItems) return fail('scope_malformed')
  return value.every((item) => typeof item === 'string') ? ok(value) : fail('scope_malformed')
}

/**
 * Entra is asked for `api://our-api/config.read` and writes `config.read`: the resource stands in `aud`.
 * Clients are told the long form, so that is what the setting holds, and the short form is what a token must carry.
 */
const asWritten = (scope: string, type: IdentityProviderType): string =>
  type === 'entra' && /^(?:api|https):\/\/.+\/[^/]+$/.test(scope)
    ? scope.slice(scope.lastIndexOf('/') + 1)
    : scope

/** The words that a token has to carry to satisfy the setting. Worked out once, not per token. */
export const requiredScopes = (requiredScope: string, type: IdentityProviderType): readonly string[] =>
  requiredScope
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => asWritten(word, type))

/** Whole words only: `toolhive:config:readwrite` holds no `toolhive:config:read`. */
export const holdsScopes = (held: readonly string[], required: readonly string[]): boolean =>
  required.every((scope) => held.includes(scope))
