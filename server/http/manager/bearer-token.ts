/** The token of an Authorization header; the scheme in any case (RFC 9110, 11.1). None for another scheme. */
export const bearerToken = (authorization: string | undefined): string | undefined =>
  authorization !== undefined && /^bearer /i.test(authorization) ? authorization.slice(7) : undefined

interface Challenge {
  readonly error?: 'invalid_token' | 'insufficient_scope'
  readonly description?: string
  readonly scope?: string
  /** Where a client learns how to get a token (RFC 9728). */
  readonly metadata?: string
}

/** WWW-Authenticate as RFC 6750 writes it. Its values are ours, so nothing in them needs escaping. */
export function bearerChallenge(challenge: Challenge): string {
  const parameters = [
    ...(challenge.error === undefined ? [] : [`error="${challenge.error}"`]),
    ...(challenge.description === undefined ? [] : [`error_description="${challenge.description}"`]),
    ...(challenge.scope === undefined ? [] : [`scope="${challenge.scope}"`]),
    ...(challenge.metadata === undefined ? [] : [`resource_metadata="${challenge.metadata}"`]),
  ]
  return `Bearer ${parameters.length === 0 ? 'realm="hivewarden"' : parameters.join(', ')}`
}
