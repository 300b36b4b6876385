/** The public half of a signing key, as the JWKS lists it. There is no member that could hold a private half. */
export interface PublicSigningJwk {
  readonly kty: 'EC'
  readonly crv: 'P-256'
  readonly x: string
  readonly y: string
  /** RFC 7638 thumbprint, SHA-256, base64url. */
  readonly kid: string
  readonly use: 'sig'
  readonly alg: 'ES256'
}

/** The text whose SHA-256 is the thumbprint: the required members, in the order of their names (RFC 7638). */
export const thumbprintInput = (point: Pick<PublicSigningJwk, 'x' | 'y'>): string =>
  JSON.stringify({ crv: 'P-256', kty: 'EC', x: point.x, y: point.y })
