import type { PublicSigningJwk } from './public-signing-jwk.ts'

/** A key in shape only: what is tested with it looks at its name and its times. */
export const testJwk = (kid: string): PublicSigningJwk => ({
  kty: 'EC',
  crv: 'P-256',
  x: 'x'.repeat(43),
  y: 'y'.repeat(43),
  kid,
  use: 'sig',
  alg: 'ES256',
})
