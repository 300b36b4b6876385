import { mayDo, type Operation } from '../../../domain/access/roles.ts'
import type { Actor } from '../../../domain/actor.ts'
import type { AuditDraft } from '../../../domain/audit/event.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import type { Clock } from '../../ports/clock.ts'
import type { KeyStore, StoredKey } from '../../ports/key-store.ts'

export interface KeyRingPorts {
  readonly keys: KeyStore
  readonly clock: Clock
}

/** What no deed on the keys is spared. */
export type KeyRingProblem =
  | { readonly code: 'forbidden' }
  | { readonly code: 'unavailable' }
  /** Others kept changing the keys at the same time. */
  | { readonly code: 'busy' }

export interface KeyDeed<Outcome> {
  readonly keys: readonly StoredKey[]
  readonly event: AuditDraft
  readonly outcome: Outcome
}

/** One reading of the clock in the two units that are needed. */
export interface Moment {
  /** Unix milliseconds. */
  readonly at: number
  /** Unix seconds. */
  readonly now: number
}

const MOST_ATTEMPTS = 5

/**
 * Reads the ring, decides on it, and sets it if nobody else did. Who lost a race decides again on what the winner made
 * of it, so that two rotations at once become one rotation and one refusal.
 */
export async function changeKeyRing<Outcome, Problem>(
  { keys, clock }: KeyRingPorts,
  actor: Actor,
  operation: Operation,
  decide: (ring: readonly StoredKey[], moment: Moment) => Result<KeyDeed<Outcome>, Problem>,
): Promise<Result<Outcome, Problem | KeyRingProblem>> {
  if (!mayDo(actor.roles, operation)) return fail({ code: 'forbidden' })
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    const ring = await keys.read()
    if (ring === 'unavailable') return fail({ code: 'unavailable' })
    const at = clock.now()
    const deed = decide(ring.keys, { at, now: Math.floor(at / 1000) })
    if (!deed.ok) return deed
    const saved = await keys.replace(deed.value.keys, ring.version, deed.value.event)
    if (saved === 'saved') return ok(deed.value.outcome)
    if (saved === 'unavailable') return fail({ code: 'unavailable' })
  }
  return fail({ code: 'busy' })
}

/** Puts the sealed halves back beside the keys that a rule of the domain has moved on. */
export function withPrivateHalves(
  moved: readonly Omit<StoredKey, 'sealedPrivate'>[],
  halves: readonly Pick<StoredKey, 'publicJwk' | 'sealedPrivate'>[],
): readonly StoredKey[] {
  const sealed = new Map(halves.map(({ publicJwk, sealedPrivate }) => [publicJwk.kid, sealedPrivate]))
  return moved.map((key) => {
    const sealedPrivate = sealed.get(key.publicJwk.kid)
    if (sealedPrivate === undefined) throw new TypeError('a key without its private half')
    return { ...key, sealedPrivate }
  })
}
