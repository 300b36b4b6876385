import type { Identity } from '../../domain/identity/identity.ts'
import type { TokenRefusal } from '../../domain/identity/token-refusal.ts'
import type { Result } from '../../domain/result.ts'
import type { VerificationKey } from './key-set.ts'

export type { TokenRefusal } from '../../domain/identity/token-refusal.ts'

export interface VerifiedToken {
  readonly identity: Identity
  /** The key that signed it: once it leaves the provider's set the token is worth nothing. */
  readonly key: VerificationKey
  /** Unix seconds of the `exp` claim, without tolerance. */
  readonly expiresAt: number
}

export interface RefusedToken {
  readonly reason: TokenRefusal
  /** The token's own, checked: at most 64 printable ASCII characters. Absent when it had none worth showing. */
  readonly kid?: string
}

/** Checks one access token against the keys at hand. Never waits, never throws, remembers nothing. */
export interface TokenVerifier {
  /** `now` is Unix time in whole seconds. */
  verify(token: string, now: number): Result<VerifiedToken, RefusedToken>
}
