/** How the identity provider writes what it says: where scopes, groups and the client id stand in its tokens. */
export type IdentityProviderType = 'generic' | 'okta' | 'entra'

/** Who calls, as the identity provider said it in a verified access token. A person is `issuer` and `subject`, never an email. */
export interface Identity {
  readonly issuer: string
  readonly subject: string
  readonly email?: string
  readonly name?: string
  readonly groups: readonly string[]
  /** False when the provider left the groups out (Entra above 200) or wrote them unreadably: not the same as being in none. */
  readonly groupsKnown: boolean
  readonly roles: readonly string[]
  readonly scopes: readonly string[]
  readonly clientId?: string
}
