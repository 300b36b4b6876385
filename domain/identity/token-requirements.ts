import type { IdentityProviderType } from './identity.ts'

/** What the settings ask of an access token. */
export interface TokenRequirements {
  readonly type: IdentityProviderType
  readonly issuer: string
  /** One of them has to be among the token's audiences. */
  readonly audiences: readonly string[]
  /** Scopes separated by a space; all have to be there. Empty turns the check off. */
  readonly requiredScope: string
  readonly groupsClaim: string
  readonly rolesClaim: string
}
