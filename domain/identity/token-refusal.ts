/** Why an access token was refused, for the log and the metric. One reason per check; docs/tokens.md says what to do about each. */
export const tokenRefusals = [
  // the form of the token
  'too_long',
  'malformed',
  'encoding',
  // the header
  'header_malformed',
  'algorithm_refused',
  'type_refused',
  'critical_refused',
  'embedded_key',
  'kid_malformed',
  // the key and the signature
  'kid_missing',
  'key_unknown',
  'key_ambiguous',
  'key_unusable',
  'key_algorithm',
  'signature',
  'keys_unavailable',
  // the claims
  'claims_malformed',
  'issuer',
  'tenant',
  'audience_missing',
  'audience',
  'expiry_missing',
  'expiry_malformed',
  'expired',
  'issued_at_missing',
  'issued_at_malformed',
  'issued_in_future',
  'lifetime_too_long',
  'not_before_malformed',
  'not_yet_valid',
  'subject_missing',
  'subject_malformed',
  'not_an_access_token',
  'sender_constrained',
  'scope_malformed',
  'scope_missing',
] as const

export type TokenRefusal = (typeof tokenRefusals)[number]

export type PublicRefusal = 'invalid_token' | 'insufficient_scope' | 'temporarily_unavailable'

/** What a client may learn. Which check failed stays inside: an attacker who is told it needs fewer tries. */
export const publicRefusal = (reason: TokenRefusal): PublicRefusal => {
  switch (reason) {
    case 'scope_missing':
      return 'insufficient_scope'
    case 'keys_unavailable':
      return 'temporarily_unavailable'
    case 'too_long':
    case 'malformed':
    case 'encoding':
    case 'header_malformed':
    case 'algorithm_refused':
    case 'type_refused':
    case 'critical_refused':
    case 'embedded_key':
    case 'kid_malformed':
    case 'kid_missing':
    case 'key_unknown':
    case 'key_ambiguous':
    case 'key_unusable':
    case 'key_algorithm':
    case 'signature':
    case 'claims_malformed':
    case 'issuer':
    case 'tenant':
    case 'audience_missing':
    case 'audience':
    case 'expiry_missing':
    case 'expiry_malformed':
    case 'expired':
    case 'issued_at_missing':
    case 'issued_at_malformed':
    case 'issued_in_future':
    case 'lifetime_too_long':
    case 'not_before_malformed':
    case 'not_yet_valid':
    case 'subject_missing':
    case 'subject_malformed':
    case 'not_an_access_token':
    case 'sender_constrained':
    case 'scope_malformed':
      return 'invalid_token'
  }
}

/** The one sentence that a client is told per class. */
export const publicRefusalSentences: Readonly<Record<PublicRefusal, string>> = {
  invalid_token: 'The access token is not valid for this manager. Sign in again.',
  insufficient_scope: 'The access token lacks the scope that this manager requires.',
  temporarily_unavailable: 'The identity provider cannot be reached to check this token. Try again later.',
}
