import type { PublicSigningJwk } from '../../domain/signing-keys/public-signing-jwk.ts'
import type { EnvelopeSigner } from './signer.ts'

/** The keys of this manager, as they are now. A key that signed something still valid stays published. */
export interface SigningKeys {
  /** Absent while no key is configured. The same object until the key changes. */
  signer(): EnvelopeSigner | undefined
  published(): readonly PublicSigningJwk[]
  /** Why a newer key was not taken up, with what mends it; absent while all is well. */
  problem(): string | undefined
  onChange(listener: () => void): () => void
  stop(): void
}
