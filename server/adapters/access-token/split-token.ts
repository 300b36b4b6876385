import { fail, ok, type Result } from '../../../domain/result.ts'

export interface TokenParts {
  /** Not decoded yet. */
  readonly header: string
  readonly payload: Buffer
  readonly signature: Buffer
  /** What the signature is over: header and payload as they stand in the token, with the dot. */
  readonly signingInput: string
}

/**
 * Decoders forgive padding, blanks, the other alphabet and stray bits in the last character, so that many texts would
 * be the same token. Here exactly one text is.
 */
export const decodeSegment = (segment: string): Buffer | undefined => {
  const bytes = Buffer.from(segment, 'base64url')
  return bytes.toString('base64url') === segment ? bytes : undefined
}

/** A compact JWS in its three parts: two dots, not one (unsigned) and not four (encrypted). */
export const splitToken = (token: string): Result<TokenParts, 'malformed' | 'encoding'> => {
  const first = token.indexOf('.')
  const second = token.indexOf('.', first + 1)
  if (first < 1 || second <= first + 1 || second === token.length - 1) return fail('malformed')
  if (token.includes('.', second + 1)) return fail('malformed')
  const payload = decodeSegment(token.slice(first + 1, second))
  const signature = decodeSegment(token.slice(second + 1))
  if (payload === undefined || signature === undefined) return fail('encoding')
  return ok({ header: token.slice(0, first), payload, signature, signingInput: token.slice(0, second) })
}
