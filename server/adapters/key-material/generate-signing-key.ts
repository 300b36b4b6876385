import { generateKeyPairSync } from 'node:crypto'
import type { PublicSigningJwk } from '../../../domain/signing-keys/public-signing-jwk.ts'
import { publicSigningJwk } from './node-envelope-signer.ts'

/** A new EC P-256 key: its PEM (PKCS#8) to be written where only the server reads it, and what may be shown. */
export function generateSigningKey(): { readonly pem: string; readonly publicJwk: PublicSigningJwk } {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    pem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicJwk: publicSigningJwk(privateKey),
  }
}
