import { limits } from '../limits.ts'
import { fail, ok, type Result } from '../result.ts'
import { type Claims, cleanText } from './claims.ts'
import type { Identity, IdentityProviderType } from './identity.ts'
import { readNames } from './read-names.ts'
import { readScopes } from './read-scopes.ts'
import type { TokenRefusal } from './token-refusal.ts'
import type { TokenRequirements } from './token-requirements.ts'

const { subjectCharacters } = limits.token

/** The claim that names the program which asked for the token. */
const clientIdOf = (claims: Claims, type: IdentityProviderType): unknown => {
  switch (type) {
    case 'generic':
      return claims.client_id ?? claims.azp
    case 'okta':
      return claims.cid
    case 'entra':
      return claims.azp ?? claims.appid
  }
}

/** An address that the provider itself calls unverified could be anybody's. */
const emailOf = (claims: Claims): unknown =>
  claims.email_verified === false || claims.email_verified === 'false' ? undefined : claims.email

/** Who a verified token speaks for. Issuer, audience and time are check-claims.ts's. */
export const claimsToIdentity = (
  claims: Claims,
  requirements: Pick<TokenRequirements, 'type' | 'issuer' | 'groupsClaim' | 'rolesClaim'>,
): Result<Identity, TokenRefusal> => {
  if (claims.sub === undefined) return fail('subject_missing')
  const subject = cleanText(claims.sub, subjectCharacters)
  if (subject === undefined) return fail('subject_malformed')
  const scopes = readScopes(claims, requirements.type)
  if (!scopes.ok) return scopes
  const groups = readNames(claims, requirements.groupsClaim)
  const email = cleanText(emailOf(claims), subjectCharacters)
  const name = cleanText(claims.name, subjectCharacters)
  const clientId = cleanText(clientIdOf(claims, requirements.type), subjectCharacters)
  const identity: { -readonly [Member in keyof Identity]: Identity[Member] } = {
    issuer: requirements.issuer,
    subject,
    groups: groups.names,
    groupsKnown: groups.known,
    roles: readNames(claims, requirements.rolesClaim).names,
    scopes: scopes.value,
  }
  if (email !== undefined) identity.email = email
  if (name !== undefined) identity.name = name
  if (clientId !== undefined) identity.clientId = clientId
  return ok(identity)
}
