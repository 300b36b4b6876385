import { fail, ok, type Result } from '../result.ts'
import { keyState, type ManagedKey } from './key-lifecycle.ts'

export type RetirementProblem =
  | { readonly code: 'unknown_key' }
  /** It signs now: a successor has to be set first, or the key replaced as a stolen one. */
  | { readonly code: 'signs_now' }
  | { readonly code: 'already_retired' }

/**
 * Ends a key before its time. A key that waits to sign is withdrawn, and the present one goes on; of a key that signed
 * before, everything that is still good verifies no more.
 */
export function retireKey<Key extends ManagedKey>(
  keys: readonly Key[],
  kid: string,
  now: number,
): Result<readonly Key[], RetirementProblem> {
  const key = keys.find(({ publicJwk }) => publicJwk.kid === kid)
  if (key === undefined) return fail({ code: 'unknown_key' })
  switch (keyState(key, now)) {
    case 'active':
      return fail({ code: 'signs_now' })
    case 'retired':
      return fail({ code: 'already_retired' })
    case 'retiring':
      return ok(keys.map((each) => (each === key ? { ...each, publishedUntil: now } : each)))
    case 'next':
      return ok(keys.filter((each) => each !== key).map((each) => goesOn(each, key.signsFrom)))
  }
}

/** Takes the end away from the key that the withdrawn one was to follow. */
function goesOn<Key extends ManagedKey>(key: Key, handover: number): Key {
  if (key.signsUntil !== handover) return key
  const { signsUntil: _until, publishedUntil: _published, ...rest } = key
  // Only two optional members were taken out: what remains is still such a key.
  return rest as Key
}
