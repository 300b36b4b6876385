import type { StrictJsonProblem } from './read-strict-json.ts'

/** The checks of a client, in the order in which they are made. */
export const envelopeSteps = [
  'size',
  'form',
  'header',
  'key',
  'signature',
  'schema_version',
  'manager',
  'issued_at',
  'not_after',
  'order',
] as const

export type EnvelopeStep = (typeof envelopeSteps)[number]

/** Why an envelope is refused, tagged by the step that refused it. */
export type EnvelopeRefusal =
  | { readonly step: 'size'; readonly reason: 'too_large' }
  | {
      readonly step: 'form'
      readonly reason: StrictJsonProblem | 'not_an_envelope' | 'not_compact' | 'not_base64url' | 'not_utf8'
    }
  | { readonly step: 'header'; readonly reason: 'algorithm' | 'type' | 'header' }
  | { readonly step: 'key'; readonly reason: 'unknown_key'; readonly kid: string }
  | { readonly step: 'signature'; readonly reason: 'signature_length' | 'signature_wrong' }
  | { readonly step: 'schema_version'; readonly reason: 'unknown_schema' }
  | { readonly step: 'schema_version'; readonly reason: 'malformed'; readonly member: string }
  | { readonly step: 'manager'; readonly reason: 'another_manager'; readonly found: string }
  | { readonly step: 'issued_at'; readonly reason: 'not_an_instant' }
  | { readonly step: 'issued_at'; readonly reason: 'from_the_future'; readonly issuedAt: number }
  | { readonly step: 'not_after'; readonly reason: 'not_an_instant' | 'reversed' }
  | { readonly step: 'not_after'; readonly reason: 'expired'; readonly notAfter: number }
  | {
      readonly step: 'order'
      readonly reason: 'rollback'
      readonly serial: number
      readonly accepted: number
    }
  | {
      readonly step: 'order'
      readonly reason: 'older'
      readonly issuedAt: number
      readonly accepted: number
    }
