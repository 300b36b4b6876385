import type { Result } from '../../domain/result.ts'
import type { PublicSigningJwk } from '../../domain/signing-keys/public-signing-jwk.ts'
import type { EnvelopeSigner } from './signer.ts'

/** A signing key as it may be stored: its private half opens only under the master key of this installation. */
export interface SealedKey {
  readonly publicJwk: PublicSigningJwk
  readonly sealedPrivate: string
}

/** Where private halves are made and opened. None ever leaves it in clear. */
export interface KeyVault {
  generate(): SealedKey
  /** Takes up the first key of a PEM text. The problem is a sentence that quotes nothing of it. */
  importPem(pem: string, origin: string): Result<SealedKey, string>
  /** Undefined when the private half does not open here, or is not that of the public half beside it. */
  signer(key: SealedKey): EnvelopeSigner | undefined
}
