/** The algorithms that an access token may be signed with. None is symmetric: a public key must not become a secret. */
export type TokenAlgorithm = 'RS256' | 'PS256' | 'ES256'

/** One public key of the identity provider, good for exactly one algorithm. The same object for as long as the provider lists it. */
export interface VerificationKey {
  readonly kid: string | undefined
  readonly algorithm: TokenAlgorithm
  /** True when `signature` (as it stands in the token) is this key's over `input`. Never throws. */
  verify(input: Uint8Array, signature: Uint8Array): boolean
}

export type KeyLookup =
  | { readonly found: true; readonly key: VerificationKey }
  | {
      readonly found: false
      /** `unknown` may change with the next fetch; the others are the provider's own fault and stay until it mends them. */
      readonly reason: 'unknown' | 'ambiguous' | 'unusable' | 'unnamed'
    }

export type KeySetProblem = { readonly reason: string; readonly detail: string }

export interface KeySetState {
  /** True while there are keys that may be used: fetched once, at most 24 hours ago. */
  readonly loaded: boolean
  /** Unix seconds of the last fetch that gave keys. */
  readonly fetchedAt?: number
  /** Seconds since then, by a clock that does not go back. */
  readonly age?: number
  readonly keys: number
  /** What the last attempt failed with; absent when it succeeded. */
  readonly lastProblem?: KeySetProblem
}

export type RefreshOutcome =
  | { readonly fresh: true }
  /** Nobody can say now whether the provider has another key; `retryAfter` is in whole seconds, at least 1. */
  | { readonly fresh: false; readonly retryAfter: number }

/** The public keys of the configured identity provider, kept at hand so that a token with a known key never waits. */
export interface KeySet {
  /** Looks among the keys at hand, by exact `kid`; without one, only a set of a single key answers. Never waits. */
  find(kid: string | undefined): KeyLookup
  /** True while `key` is among the keys at hand. */
  holds(key: VerificationKey): boolean
  /**
   * Asks the provider again, unless it was asked within the last 30 seconds: then the outcome of that attempt stands.
   * Callers at the same time share one attempt.
   */
  refresh(): Promise<RefreshOutcome>
  state(): KeySetState
  /** Fetches for the first time and from then on in the background, without anybody waiting for it. */
  start(): void
  /** Ends timers and a fetch under way. */
  stop(): void
}
