import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto'
import { fail, ok, type Result } from '../../../domain/result.ts'
import type { TokenAlgorithm, VerificationKey } from '../../ports/key-set.ts'

export type Jwk = Readonly<Record<string, unknown>>

const LEAST_RSA_BITS = 2048
/** A larger modulus makes every check slow, which is all that it would be good for. */
const MOST_RSA_BITS = 8192

type Verify = VerificationKey['verify']

/** node:crypto throws for some shapes of signature; to us that is a signature that does not hold. */
const quietly =
  (check: Verify): Verify =>
  (input, signature) => {
    try {
      return check(input, signature)
    } catch {
      return false
    }
  }

const verifierFor = (algorithm: TokenAlgorithm, key: KeyObject): Verify => {
  switch (algorithm) {
    case 'RS256':
      return (input, signature) => verify('sha256', input, key, signature)
    case 'PS256': {
      const options = {
        key,
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
      }
      return (input, signature) => verify('sha256', input, options, signature)
    }
    case 'ES256': {
      const options = { key, dsaEncoding: 'ieee-p1363' as const }
      // R and S of 32 bytes each; a DER signature has another length.
      return (input, signature) => signature.length === 64 && verify('sha256', input, options, signature)
    }
  }
}

const usable = ({ use, key_ops: operations }: Jwk): boolean =>
  (use === undefined || use === 'sig') &&
  (operations === undefined || (Array.isArray(operations) && operations.includes('verify')))

/** Entra leaves `alg` out of its keys; an RSA key then is one for RS256, and no token can choose another for it. */
const algorithmOf = ({ kty, alg, crv }: Jwk): TokenAlgorithm | undefined => {
  if (kty === 'RSA') return alg === undefined ? 'RS256' : alg === 'RS256' || alg === 'PS256' ? alg : undefined
  if (kty === 'EC' && crv === 'P-256') return alg === undefined || alg === 'ES256' ? 'ES256' : undefined
  return undefined
}

/** Only the public members, so that a private key published by mistake is never held here. */
const publicMembers = ({ kty, n, e, crv, x, y }: Jwk): Record<string, unknown> =>
  kty === 'RSA' ? { kty, n, e } : { kty, crv, x, y }

const strongEnough = (key: KeyObject): boolean => {
  if (key.asymmetricKeyType !== 'rsa') return true
  const { modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {}
  // With an exponent of 1 everybody can sign.
  return modulusLength >= LEAST_RSA_BITS && modulusLength <= MOST_RSA_BITS && publicExponent >= 3n
}

/** A key of the provider's set that may verify access tokens, or what is against it. */
export const createVerificationKey = (jwk: Jwk): Result<VerificationKey, string> => {
  if (jwk.kid !== undefined && typeof jwk.kid !== 'string') return fail('kid is not text')
  if (!usable(jwk)) return fail('not for signatures')
  const algorithm = algorithmOf(jwk)
  if (algorithm === undefined) return fail('algorithm not supported')
  let key: KeyObject
  try {
    key = createPublicKey({ key: publicMembers(jwk), format: 'jwk' })
  } catch {
    return fail('not a public key')
  }
  if (!strongEnough(key)) return fail('RSA key too weak or too large')
  return ok({ kid: jwk.kid, algorithm, verify: quietly(verifierFor(algorithm, key)) })
}
