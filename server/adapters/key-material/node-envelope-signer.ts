import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { type PublicSigningJwk, thumbprintInput } from '../../../domain/signing-keys/public-signing-jwk.ts'
import type { EnvelopeSigner } from '../../ports/signer.ts'

/** The JWKS entry of a P-256 key. Of a private key it takes the public half alone. */
export function publicSigningJwk(key: KeyObject): PublicSigningJwk {
  const { x, y } = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' })
  if (x === undefined || y === undefined) throw new TypeError('the key is no point on a curve')
  const kid = createHash('sha256').update(thumbprintInput({ x, y })).digest('base64url')
  return { kty: 'EC', crv: 'P-256', x, y, kid, use: 'sig', alg: 'ES256' }
}

/**
 * A signer over an EC P-256 private key, or undefined when what the key signs its own public half does not verify:
 * a damaged key must be found when it is loaded, not by every client of the fleet.
 */
export function createNodeEnvelopeSigner(privateKey: KeyObject): EnvelopeSigner | undefined {
  const publicJwk = publicSigningJwk(privateKey)
  const signText = (text: string): string =>
    sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')
  const probe = `self-test.${publicJwk.kid}`
  if (!verifySignature(publicJwk, probe, Buffer.from(signText(probe), 'base64url'))) return undefined
  return { kid: publicJwk.kid, publicJwk, sign: signText }
}

/** Checks an ES256 signature of 64 bytes, R then S. Anything that is no point of the curve is simply wrong. */
export function verifySignature(jwk: PublicSigningJwk, signingInput: string, signature: Uint8Array): boolean {
  try {
    const { kty, crv, x, y } = jwk
    const key = createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' })
    return verify('sha256', Buffer.from(signingInput), { key, dsaEncoding: 'ieee-p1363' }, signature)
  } catch {
    return false
  }
}
