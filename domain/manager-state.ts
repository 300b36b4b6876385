/**
 * What a person sees of a running manager on one page. Plain serialisable data: all words about directives are made
 * before, so that the page names none. Times are whole Unix seconds.
 */
export interface ManagerState {
  readonly version: string
  /** When this picture was taken; every "5 minutes ago" counts from here, on the server and in the browser alike. */
  readonly now: number
  readonly resourceUrl: string
  readonly bootstrapUrl: string
  readonly evaluation: boolean
  readonly fileGoverned: boolean
  readonly policy: PolicyState
  readonly envelope?: EnvelopeState
  readonly signingKey: SigningKeyState
  readonly identityProvider?: IdentityProviderState
}

export interface PolicyState {
  /** Where the policy comes from, in words for a person: a path, "the settings file", or "revision 7". */
  readonly source: string
  readonly serial?: number
  /** Absent where a file governs. */
  readonly publishedAt?: number
  readonly loadedAt: number
  readonly directives: readonly GovernedDirective[]
  readonly warnings: readonly PolicyRemark[]
  /** The newest document was refused; the policy shown is the last good one. */
  readonly problem?: PolicyRefusal
}

export interface GovernedDirective {
  readonly key: string
  readonly title: string
  /** The heading under which the directive stands; directives of one group follow each other. */
  readonly group: string
  /** `false` where the policy says nothing about it, so that people decide for themselves. */
  readonly governed?: boolean
  /** Absent where the directive is neither a default nor enforced. */
  readonly enforcement?: 'default' | 'enforced'
  /** What clients do now because of it. */
  readonly sentence: string
}

export interface PolicyRemark {
  /** JSON Pointer into the document; empty for the document itself. */
  readonly path: string
  readonly message: string
}

export interface PolicyRefusal {
  readonly since: number
  readonly remarks: readonly PolicyRemark[]
}

export interface EnvelopeState {
  readonly issuedAt: number
  readonly notAfter: number
  /** In words: "5 minutes". */
  readonly pollEvery: string
  readonly bytes: number
  /** The thumbprint of the key that signed it. */
  readonly kid: string
}

export type SigningKeyState =
  | {
      readonly kind: 'ready'
      readonly kid: string
      readonly state: 'next' | 'active' | 'retiring' | 'retired'
    }
  | { readonly kind: 'missing'; readonly problem: string }

export interface IdentityProviderState {
  readonly issuer: string
  readonly reachable: boolean
  readonly keys: number
  /** Absent while the keys have never been fetched. */
  readonly fetchedAt?: number
}
