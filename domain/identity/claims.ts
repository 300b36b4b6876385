/** The payload of a token whose signature holds: an object, and nothing more is known of it. */
export type Claims = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Claims =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * A claim by its exact name, or else by a dotted path into nested objects (Keycloak's `realm_access.roles`).
 * The exact name comes first: Auth0's claims are named like URLs, dots and all.
 */
export const claimAt = (claims: Claims, name: string): unknown => {
  if (Object.hasOwn(claims, name)) return claims[name]
  if (!name.includes('.')) return undefined
  let value: unknown = claims
  for (const step of name.split('.')) {
    // Own members only: a claim named constructor must not find the prototype's.
    if (!isObject(value) || !Object.hasOwn(value, step)) return undefined
    value = value[step]
  }
  return value
}

/** Control characters and bidi overrides forge log lines and screens; half a surrogate pair is no text at all. */
const unclean = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\p{Cs}]/u

/** Plain ASCII is clean, and told without the tables of Unicode. */
const plain = /^[\x20-\x7e]*$/

const isClean = (text: string): boolean => plain.test(text) || !unclean.test(text)

/** Text that may be shown to a person and written to a log; undefined when it is anything else. */
export const cleanText = (value: unknown, mostCharacters: number): string | undefined =>
  typeof value === 'string' && value !== '' && value.length <= mostCharacters && isClean(value)
    ? value
    : undefined
