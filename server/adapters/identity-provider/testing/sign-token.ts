import { constants, createHmac, type KeyObject, sign } from 'node:crypto'

export type TestAlgorithm = 'RS256' | 'RS512' | 'PS256' | 'ES256' | 'ES384' | 'ES256K' | 'EdDSA'

const base64url = (bytes: string | Uint8Array): string => Buffer.from(bytes as string).toString('base64url')

/** The raw signature over `input`, as the algorithm has it in a JWS. */
export const signBytes = (algorithm: TestAlgorithm, key: KeyObject, input: string): Buffer => {
  const data = Buffer.from(input)
  switch (algorithm) {
    case 'RS256':
      return sign('sha256', data, key)
    case 'RS512':
      return sign('sha512', data, key)
    case 'PS256':
      return sign('sha256', data, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 })
    case 'ES256':
    case 'ES256K':
      return sign('sha256', data, { key, dsaEncoding: 'ieee-p1363' })
    case 'ES384':
      return sign('sha384', data, { key, dsaEncoding: 'ieee-p1363' })
    case 'EdDSA':
      return sign(null, data, key)
  }
}

/** Signs header and payload exactly as given, whatever nonsense they hold. */
export const signSegments = (
  header: string | Uint8Array,
  payload: string | Uint8Array,
  algorithm: TestAlgorithm,
  key: KeyObject,
): string => {
  const input = `${base64url(header)}.${base64url(payload)}`
  return `${input}.${signBytes(algorithm, key, input).toString('base64url')}`
}

export const signWithSecret = (header: string, payload: string, secret: string | Buffer): string => {
  const input = `${base64url(header)}.${base64url(payload)}`
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}
