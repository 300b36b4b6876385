import type { PublicSigningJwk } from '../../domain/signing-keys/public-signing-jwk.ts'

/**
 * Signs envelopes with one EC P-256 key. The private half stays inside the adapter: it is neither a member here nor
 * part of any error or log line.
 */
export interface EnvelopeSigner {
  /** RFC 7638 thumbprint of the public half; the `kid` of every envelope that it signs. */
  readonly kid: string
  readonly publicJwk: PublicSigningJwk
  /**
   * Signs the text that `signingInput` builds.
   * @returns the 64 bytes R and S, base64url
   */
  sign(signingInput: string): string
}

/**
 * A signer together with the keys that are published beside its own: the next one, which clients must know before
 * it signs, and earlier ones, for as long as something that they signed is good.
 */
export interface SigningKeyRing extends EnvelopeSigner {
  /** Everything that the JWKS lists, the signing key first. No key twice. */
  readonly published: readonly PublicSigningJwk[]
}
