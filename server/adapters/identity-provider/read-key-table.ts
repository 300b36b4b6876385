import { limits } from '../../../domain/limits.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import type { KeyLookup, KeySetProblem, VerificationKey } from '../../ports/key-set.ts'
import { parseDocument } from './parse-document.ts'
import { createVerificationKey, type Jwk } from './verification-key.ts'

type KidEntry = VerificationKey | 'ambiguous' | 'unusable'

/** The keys of one fetched set. */
export interface KeyTable {
  readonly byKid: ReadonlyMap<string, KidEntry>
  readonly all: ReadonlySet<VerificationKey>
  /** The same keys by all that they are made of, so that a key which stays listed stays the same object. */
  readonly byContent: ReadonlyMap<string, VerificationKey>
  /** Why members of the set were left out: nothing secret, for the log. */
  readonly skipped: readonly string[]
}

const problem = (reason: string, detail: string) => fail<KeySetProblem>({ reason, detail })

const isJwk = (value: unknown): value is Jwk =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const contentOf = ({ kid, kty, alg, use, key_ops: operations, crv, n, e, x, y }: Jwk): string =>
  JSON.stringify([kid, kty, alg, use, operations, crv, n, e, x, y])

const shown = (kid: unknown): string => (typeof kid === 'string' ? kid.slice(0, 64) : 'without kid')

/** Two usable keys of one name make it ambiguous: trying both could check a token with a key that was not meant. */
const entryFor = (before: KidEntry | undefined, made: Result<VerificationKey, string>): KidEntry => {
  if (!made.ok) return before ?? 'unusable'
  return before === undefined || before === 'unusable' ? made.value : 'ambiguous'
}

const tabulate = (members: readonly unknown[], before: KeyTable | undefined): KeyTable => {
  const byKid = new Map<string, KidEntry>()
  const byContent = new Map<string, VerificationKey>()
  const skipped: string[] = []
  for (const jwk of members) {
    if (!isJwk(jwk)) {
      skipped.push('a member that is not an object')
      continue
    }
    const content = contentOf(jwk)
    // The very same key listed twice is one key.
    if (byContent.has(content)) continue
    const known = before?.byContent.get(content)
    const made = known === undefined ? createVerificationKey(jwk) : ok(known)
    if (made.ok) byContent.set(content, made.value)
    else skipped.push(`${shown(jwk.kid)}: ${made.problem}`)
    if (typeof jwk.kid === 'string') byKid.set(jwk.kid, entryFor(byKid.get(jwk.kid), made))
  }
  for (const [kid, entry] of byKid) if (entry === 'ambiguous') skipped.push(`${shown(kid)}: listed twice`)
  const all = new Set(
    [...byContent.values()].filter(({ kid }) => kid === undefined || byKid.get(kid) !== 'ambiguous'),
  )
  return { byKid, all, byContent, skipped }
}

/**
 * The provider's key set (RFC 7517). One bad key among good ones is left out; a set without a single good key is
 * refused as a whole, so that whatever was known before stays.
 */
export const readKeyTable = (
  body: Uint8Array,
  before: KeyTable | undefined,
): Result<KeyTable, KeySetProblem> => {
  const document = parseDocument(body)
  if (document === undefined) return problem('jwks_malformed', 'the key set is not a JSON object')
  const { keys } = document
  if (!Array.isArray(keys)) return problem('jwks_malformed', 'the key set has no array named keys')
  if (keys.length > limits.jwks.keys) return problem('jwks_too_many_keys', `${keys.length} keys`)
  const table = tabulate(keys, before)
  if (table.all.size > 0) return ok(table)
  return problem('jwks_without_usable_key', table.skipped.join('; ') || 'the key set is empty')
}

export const findInTable = (table: KeyTable, kid: string | undefined): KeyLookup => {
  if (kid === undefined) {
    const [only, ...others] = table.all
    return only !== undefined && others.length === 0
      ? { found: true, key: only }
      : { found: false, reason: 'unnamed' }
  }
  const entry = table.byKid.get(kid)
  if (entry === undefined) return { found: false, reason: 'unknown' }
  return typeof entry === 'string' ? { found: false, reason: entry } : { found: true, key: entry }
}
