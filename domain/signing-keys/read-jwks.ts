import { isJsonObject } from '../json/json-value.ts'
import { fail, ok, type Result } from '../result.ts'
import type { PublicSigningJwk } from './public-signing-jwk.ts'

export type JwksProblem = 'not_a_jwks' | 'private_member' | 'duplicate_kid'

/**
 * Takes the keys that can verify an envelope out of a manager's JWKS. Others are left out, as RFC 7517 asks; a set
 * with a private member, or with two keys of one name, comes from a manager that no client should follow.
 */
export function readJwks(value: unknown): Result<readonly PublicSigningJwk[], JwksProblem> {
  if (!isJsonObject(value) || !Array.isArray(value.keys)) return fail('not_a_jwks')
  const keys: PublicSigningJwk[] = []
  for (const entry of value.keys) {
    if (!isJsonObject(entry)) return fail('not_a_jwks')
    if (Object.hasOwn(entry, 'd')) return fail('private_member')
    const key = readKey(entry)
    if (key === undefined) continue
    if (keys.some(({ kid }) => kid === key.kid)) return fail('duplicate_kid')
    keys.push(key)
  }
  return ok(keys)
}

function readKey({
  kty,
  crv,
  x,
  y,
  kid,
  use,
  alg,
}: Readonly<Record<string, unknown>>): PublicSigningJwk | undefined {
  if (kty !== 'EC' || crv !== 'P-256' || typeof kid !== 'string') return undefined
  if ((use ?? 'sig') !== 'sig' || (alg ?? 'ES256') !== 'ES256') return undefined
  return isCoordinate(x) && isCoordinate(y) ? { kty, crv, x, y, kid, use: 'sig', alg: 'ES256' } : undefined
}

/** 32 bytes, base64url. */
const isCoordinate = (value: unknown): value is string =>
  typeof value === 'string' && /^[\w-]{43}$/.test(value)
