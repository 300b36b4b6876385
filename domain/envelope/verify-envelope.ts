import { parseGoDuration, SECOND } from '../duration.ts'
import { parseInstant } from '../instant.ts'
import { isJsonObject } from '../json/json-value.ts'
import { limits } from '../limits.ts'
import { fail, ok, type Result } from '../result.ts'
import type { PublicSigningJwk } from '../signing-keys/public-signing-jwk.ts'
import { type Acceptance, compareToAccepted } from './acceptance.ts'
import { canonicalJson } from './canonical-json.ts'
import type { EnvelopeRefusal } from './envelope-refusal.ts'
import { readPolicy } from './read-policy.ts'
import { type Members, readSignedForm, type SignedParts } from './read-signed-form.ts'
import { readStrictJson } from './read-strict-json.ts'
import { ENVELOPE_ALGORITHM, ENVELOPE_TYPE, headerJson } from './signed-forms.ts'
import type { EnvelopeRemark, VerifiedEnvelope } from './verified-envelope.ts'

/** Checks an ES256 signature of 64 bytes, R then S. False for whatever is no signature by this key; never throws. */
export type VerifySignature = (
  key: PublicSigningJwk,
  signingInput: string,
  signature: Uint8Array,
) => boolean | Promise<boolean>

export interface VerifyContext {
  readonly keys: readonly PublicSigningJwk[]
  /** The resource URL of the manager that the client is enrolled with. */
  readonly manager: string
  /** Unix seconds, read once for the whole check. */
  readonly now: number
  /** Absent for the first envelope. */
  readonly accepted?: Acceptance
  readonly verifySignature: VerifySignature
}

/**
 * Checks an envelope in either form as a client does, each step before the next, and reads it only when its
 * signature holds. The same code runs on a server and in a browser.
 */
export async function verifyEnvelope(
  text: string,
  context: VerifyContext,
): Promise<Result<VerifiedEnvelope, EnvelopeRefusal>> {
  if (isTooLarge(text)) return fail({ step: 'size', reason: 'too_large' })
  const parts = readSignedForm(text)
  if (!parts.ok) return parts
  const kid = readKid(parts.value.header)
  if (!kid.ok) return kid
  const signed = await checkSignature(parts.value, kid.value, context)
  if (!signed.ok) return signed
  const envelope = readEnvelope(parts.value.members, kid.value, context)
  if (!envelope.ok) return envelope
  return checkTimeAndOrder(envelope.value, context)
}

const isTooLarge = (text: string): boolean =>
  text.length > limits.envelope.bytes || new TextEncoder().encode(text).length > limits.envelope.bytes

function readKid(header: string): Result<string, EnvelopeRefusal> {
  const json = readStrictJson(header, 1)
  if (!json.ok || !isJsonObject(json.value)) return fail({ step: 'header', reason: 'header' })
  const { alg, kid, typ } = json.value
  // Stops `none`, and an HMAC made with the public key.
  if (alg !== ENVELOPE_ALGORITHM) return fail({ step: 'header', reason: 'algorithm' })
  // Stops another document that the same key signed.
  if (typ !== ENVELOPE_TYPE) return fail({ step: 'header', reason: 'type' })
  // Stops a key brought along (jwk, jku, x5c), and critical extensions that nobody here knows.
  if (typeof kid !== 'string' || header !== headerJson(kid)) return fail({ step: 'header', reason: 'header' })
  return ok(kid)
}

async function checkSignature(
  parts: SignedParts,
  kid: string,
  { keys, verifySignature }: VerifyContext,
): Promise<Result<undefined, EnvelopeRefusal>> {
  const key = keys.find((candidate) => candidate.kid === kid)
  if (key === undefined) return fail({ step: 'key', reason: 'unknown_key', kid })
  // A DER signature is no JWS signature, whatever a lenient library makes of it.
  if (parts.signature.length !== 64) return fail({ step: 'signature', reason: 'signature_length' })
  const holds = await verifySignature(key, parts.signingInput, parts.signature)
  return holds ? ok(undefined) : fail({ step: 'signature', reason: 'signature_wrong' })
}

function readEnvelope(
  members: Members,
  kid: string,
  { manager, now }: VerifyContext,
): Result<VerifiedEnvelope, EnvelopeRefusal> {
  if (members.schema_version !== '1') return fail({ step: 'schema_version', reason: 'unknown_schema' })
  const { config, etag, refresh_interval: refresh, serial } = members
  if (!isJsonObject(config)) return malformed('config')
  if (typeof etag !== 'string') return malformed('etag')
  if (typeof refresh !== 'string') return malformed('refresh_interval')
  if (serial !== undefined && !isSerial(serial)) return malformed('serial')
  // Stops an envelope of another manager whose key is, or once was, trusted too.
  if (members.manager !== manager) {
    const found =
      typeof members.manager === 'string' ? members.manager : canonicalJson(members.manager ?? null)
    return fail({ step: 'manager', reason: 'another_manager', found })
  }
  const life = readLife(members, now)
  if (!life.ok) return life

  const policy = readPolicy(members, config)
  const interval = clampRefreshInterval(refresh)
  return ok({
    ...policy,
    kid,
    members,
    etag,
    manager,
    ...(serial === undefined ? {} : { serial }),
    issuedAt: life.value.issuedAt,
    notAfter: life.value.notAfter,
    refreshInterval: interval.seconds,
    remarks: [...policy.remarks, ...life.value.remarks, ...interval.remarks],
  })
}

interface Life {
  readonly issuedAt: number
  readonly notAfter: number
  readonly remarks: readonly EnvelopeRemark[]
}

function readLife(members: Members, now: number): Result<Life, EnvelopeRefusal> {
  const issuedAt = readInstant(members.issued_at)
  if (issuedAt === undefined) return fail({ step: 'issued_at', reason: 'not_an_instant' })
  // Stops fast-forward: an envelope from the future would outrank every honest one until then.
  if (issuedAt > now + limits.envelope.futureTolerance) {
    return fail({ step: 'issued_at', reason: 'from_the_future', issuedAt })
  }
  const stated = readInstant(members.not_after)
  if (stated === undefined) return fail({ step: 'not_after', reason: 'not_an_instant' })
  if (stated <= issuedAt) return fail({ step: 'not_after', reason: 'reversed' })
  // Stops a manager, or whoever has its key, from issuing one envelope for ever.
  const notAfter = Math.min(stated, issuedAt + limits.envelopeTtl.most)
  const remarks = notAfter === stated ? [] : [{ code: 'lifetime', notAfter: stated, used: notAfter } as const]
  return ok({ issuedAt, notAfter, remarks })
}

const malformed = (member: string) =>
  fail<EnvelopeRefusal>({ step: 'schema_version', reason: 'malformed', member })

const isSerial = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 1

function readInstant(value: unknown): number | undefined {
  const instant = typeof value === 'string' ? parseInstant(value) : undefined
  return instant?.ok ? instant.value : undefined
}

/** Stops a manager, or whoever has its key, from making a fleet hammer it or never ask again. */
function clampRefreshInterval(found: string): { seconds: number; remarks: readonly EnvelopeRemark[] } {
  const duration = parseGoDuration(found)
  const { least, most } = limits.refreshInterval
  const used = duration.ok ? Math.min(most, Math.max(least, Number(duration.value / SECOND))) : least
  const kept = duration.ok && BigInt(used) * SECOND === duration.value
  return { seconds: used, remarks: kept ? [] : [{ code: 'refresh_interval', found, used }] }
}

function checkTimeAndOrder(
  envelope: VerifiedEnvelope,
  { now, accepted }: VerifyContext,
): Result<VerifiedEnvelope, EnvelopeRefusal> {
  const order = accepted === undefined ? 'newer' : compareToAccepted(envelope, accepted)
  // A clock set back must not revive what has expired. What is newer than anything accepted has only the clock of
  // now against it: a client whose clock once stood in the future finds its way back with the next envelope.
  const time = order === 'newer' ? now : Math.max(now, accepted?.latestTime ?? now)
  if (envelope.notAfter <= time) {
    return fail({ step: 'not_after', reason: 'expired', notAfter: envelope.notAfter })
  }
  if (accepted === undefined || order === 'newer' || order === 'same') return ok(envelope)
  if (order === 'rollback') {
    const serials = { serial: envelope.serial ?? 0, accepted: accepted.serial ?? 0 }
    return fail({ step: 'order', reason: 'rollback', ...serials })
  }
  return fail({
    step: 'order',
    reason: 'older',
    issuedAt: envelope.issuedAt,
    accepted: accepted.issuedAt,
  })
}
