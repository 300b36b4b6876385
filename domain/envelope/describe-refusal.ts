import { formatInstant } from '../instant.ts'
import { limits } from '../limits.ts'
import type { EnvelopeRefusal, EnvelopeStep } from './envelope-refusal.ts'

/** What each step asks, for a person. */
export const stepQuestions: Readonly<Record<EnvelopeStep, string>> = {
  size: `It has at most ${limits.envelope.bytes / 1024} KiB`,
  form: 'It is an envelope in one of the two forms',
  header: 'Its header is the one that managers write',
  key: 'Its key is in the key set',
  signature: 'Its signature holds',
  schema_version: 'Its schema is one that clients know',
  manager: 'It comes from the manager asked for',
  issued_at: 'It is not dated ahead of the clock',
  not_after: 'It has not expired',
  order: 'It is not older than one accepted before',
}

/** Why an envelope is refused, in one sentence. What is quoted from it comes last and is untrusted. */
export function describeRefusal(refusal: EnvelopeRefusal): string {
  switch (refusal.step) {
    case 'size':
      return `It is larger than ${limits.envelope.bytes} bytes.`
    case 'form':
      return describeForm(refusal.reason)
    case 'header':
      return describeHeader(refusal.reason)
    case 'key':
      return `No key of the key set has the id ${refusal.kid}`
    case 'signature':
      return refusal.reason === 'signature_length'
        ? 'Its signature is not the 64 bytes of ES256.'
        : 'Its signature is not by that key over this content.'
    case 'schema_version':
      return refusal.reason === 'unknown_schema'
        ? 'Its schema_version is not "1".'
        : `Its member ${refusal.member} is missing or of the wrong kind.`
    case 'manager':
      return `It comes from another manager: ${refusal.found}`
    case 'issued_at':
      return refusal.reason === 'not_an_instant'
        ? 'Its issued_at is no time in UTC.'
        : `It is dated ${formatInstant(refusal.issuedAt)}, which is in the future.`
    case 'not_after':
      return describeEnd(refusal)
    case 'order':
      return refusal.reason === 'rollback'
        ? `Its serial is ${refusal.serial}, and ${refusal.accepted} was accepted before.`
        : `It is dated ${formatInstant(refusal.issuedAt)}, and one of ${formatInstant(refusal.accepted)} was accepted before.`
  }
}

function describeForm(reason: Extract<EnvelopeRefusal, { step: 'form' }>['reason']): string {
  switch (reason) {
    case 'not_json':
      return 'It is not JSON.'
    case 'too_deep':
      return 'It is nested deeper than any policy.'
    case 'duplicate_member':
      return 'It has one member twice.'
    case 'lone_surrogate':
      return 'It holds half a character.'
    case 'number_out_of_range':
      return 'It holds a number too large for JSON.'
    case 'not_an_envelope':
      return 'It is JSON without the members of an envelope.'
    case 'not_compact':
      return 'It is neither JSON with a detached signature nor a compact JWS.'
    case 'not_base64url':
      return 'A part of it is not strict base64url.'
    case 'not_utf8':
      return 'A part of it is not UTF-8.'
  }
}

function describeHeader(reason: Extract<EnvelopeRefusal, { step: 'header' }>['reason']): string {
  switch (reason) {
    case 'algorithm':
      return 'Its algorithm is not ES256.'
    case 'type':
      return 'It is another type of document.'
    case 'header':
      return 'Its header has other members, or another order of them, than managers write.'
  }
}

function describeEnd(refusal: Extract<EnvelopeRefusal, { step: 'not_after' }>): string {
  switch (refusal.reason) {
    case 'not_an_instant':
      return 'Its not_after is no time in UTC.'
    case 'reversed':
      return 'It ends before it begins.'
    case 'expired':
      return `It expired at ${formatInstant(refusal.notAfter)}.`
  }
}
