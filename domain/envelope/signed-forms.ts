import { encodeText } from './base64url.ts'
import type { UnsignedEnvelope } from './build-envelope.ts'

export const ENVELOPE_ALGORITHM = 'ES256'
export const ENVELOPE_TYPE = 'toolhive-config+jws'

/** The protected header's bytes are part of what is signed: exactly these members, in this order. */
export const headerJson = (kid: string): string =>
  JSON.stringify({ alg: ENVELOPE_ALGORITHM, kid, typ: ENVELOPE_TYPE })

export const protectedHeader = (kid: string): string => encodeText(headerJson(kid))

/** The text over which the ES256 signature is made. */
export const signingInput = (payload: string, kid: string): string =>
  `${protectedHeader(kid)}.${encodeText(payload)}`

/**
 * The envelope as JSON, with a detached signature as its last member.
 * @param header the protected header, base64url
 * @param signature 64 bytes, R then S, base64url
 */
export const jsonForm = (
  unsigned: Pick<UnsignedEnvelope, 'payload'>,
  header: string,
  signature: string,
): string =>
  // `signature` sorts after every other member, so appending it keeps the text canonical.
  `${unsigned.payload.slice(0, -1)},"signature":"${header}..${signature}"}`

/** The envelope as a compact JWS, which any JOSE library verifies. */
export const joseForm = (
  unsigned: Pick<UnsignedEnvelope, 'payload'>,
  header: string,
  signature: string,
): string => `${header}.${encodeText(unsigned.payload)}.${signature}`
