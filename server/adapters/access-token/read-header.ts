import type { Claims } from '../../../domain/identity/claims.ts'
import type { IdentityProviderType } from '../../../domain/identity/identity.ts'
import type { TokenRefusal } from '../../../domain/identity/token-refusal.ts'
import { limits } from '../../../domain/limits.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import type { TokenAlgorithm } from '../../ports/key-set.ts'
import { parseObject } from './parse-object.ts'

export interface TokenHeader {
  readonly algorithm: TokenAlgorithm
  readonly kid: string | undefined
  /** The header says in so many words that this is an access token (RFC 9068). */
  readonly typedAccessToken: boolean
}

const MOST_BYTES = 4096

const algorithms: readonly unknown[] = ['RS256', 'PS256', 'ES256'] satisfies TokenAlgorithm[]

const isAlgorithm = (value: unknown): value is TokenAlgorithm => algorithms.includes(value)

/** Each would have us trust a key that the token brings along, or fetch one from where the token says. */
const keyMembers = ['jwk', 'jku', 'x5u']

const printable = /^[\x21-\x7e]+$/

const isKid = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= limits.token.kidCharacters && printable.test(value)

/**
 * What each kind of provider writes into `typ`. Entra writes JWT for access and ID tokens alike, Okta often nothing,
 * others JWT, nothing, or at+jwt as RFC 9068 wants it. Where it says no more than JWT, is-access-token.ts decides.
 */
const acceptedTypes: Readonly<Record<IdentityProviderType, readonly string[]>> = {
  generic: ['at+jwt', 'jwt', ''],
  okta: ['at+jwt', 'jwt', ''],
  entra: ['jwt'],
}

/** Media types without regard to case, with or without `application/` (RFC 7515, 4.1.9). */
const readType = ({ typ }: Claims): string | undefined => {
  if (typ === undefined) return ''
  if (typeof typ !== 'string' || typ === '') return undefined
  return typ.toLowerCase().replace(/^application\//, '')
}

/** The protected header, as far as it is read before the signature holds: only to choose the key and the algorithm. */
export const readHeader = (bytes: Buffer, type: IdentityProviderType): Result<TokenHeader, TokenRefusal> => {
  const header = bytes.length > MOST_BYTES ? undefined : parseObject(bytes)
  if (header === undefined) return fail('header_malformed')
  if (!isAlgorithm(header.alg)) return fail('algorithm_refused')
  const typ = readType(header)
  if (typ === undefined || !acceptedTypes[type].includes(typ)) return fail('type_refused')
  // We understand no extension, so each that must be understood is refused, an unencoded payload included.
  if (Object.hasOwn(header, 'crit') || Object.hasOwn(header, 'b64')) return fail('critical_refused')
  if (keyMembers.some((member) => Object.hasOwn(header, member))) return fail('embedded_key')
  const { kid } = header
  if (kid !== undefined && !isKid(kid)) return fail('kid_malformed')
  return ok({ algorithm: header.alg, kid, typedAccessToken: typ === 'at+jwt' })
}
