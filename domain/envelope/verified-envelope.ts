import type { OutagePolicy } from '../degraded-mode/outage-policy.ts'
import type { Enforcement } from '../policy/directives/directive.ts'
import type { Members } from './read-signed-form.ts'

/** Something in a verified envelope that this client did not understand, or did not do to the letter. */
export type EnvelopeRemark =
  | { readonly code: 'unknown_directive'; readonly directive: string }
  | { readonly code: 'unknown_enforcement'; readonly directive: string; readonly found: unknown }
  | { readonly code: 'malformed_directive'; readonly directive: string }
  | { readonly code: 'refresh_interval'; readonly found: string; readonly used: number }
  | { readonly code: 'lifetime'; readonly notAfter: number; readonly used: number }
  | { readonly code: 'degraded_mode'; readonly member: string }
  | { readonly code: 'degraded_mode_differs' }

export interface VerifiedDirective {
  readonly value: unknown
  readonly enforcement: Enforcement
}

/** An envelope that passed every check. Times are Unix seconds. */
export interface VerifiedEnvelope {
  readonly kid: string
  /** What was signed, with everything that this client does not know. */
  readonly members: Members
  readonly etag: string
  readonly manager: string
  readonly serial?: number
  readonly issuedAt: number
  readonly notAfter: number
  /** Seconds between two polls, within the bounds that a client keeps to. */
  readonly refreshInterval: number
  /** The directives that this client knows. */
  readonly directives: ReadonlyMap<string, VerifiedDirective>
  readonly outage?: OutagePolicy
  readonly remarks: readonly EnvelopeRemark[]
}
