import type { OutagePolicy } from './outage-policy.ts'

/** What a client keeps, across restarts, about its manager. Unix seconds. */
export interface ContactRecord {
  /** When the manager last answered with an envelope that verified, or that the one at hand is still the right one. */
  readonly lastContact: number
  /** `not_after` of the envelope at hand. */
  readonly notAfter: number
  /** The latest time that the client has seen since its last contact; see `latestTime`. */
  readonly latestTime: number
}

export interface Standing {
  readonly state: 'online' | 'grace' | 'degraded'
  /** Whether new servers may be created. Running ones go on in every state. */
  readonly createsAllowed: boolean
  /** Absent while online. */
  readonly warning?: { readonly since: number; readonly message?: string }
  /** When the state changes if the manager stays away. Absent once there is nothing left to change. */
  readonly changesAt?: number
}

/** One poll may fail without anybody noticing: an outage shorter than that is none. */
export const noticedAfter = (refreshInterval: number): number => 2 * refreshInterval

/**
 * Where a client stands that asks its manager every `refreshInterval` seconds. The last verified policy applies in
 * every state; an expired envelope never means "no policy". Without a `degraded_mode` the client warns and goes on.
 */
export function standing(
  outage: OutagePolicy | undefined,
  contact: ContactRecord,
  refreshInterval: number,
  now: number,
): Standing {
  // A clock that goes back must not give time back: not to the envelope, not to the grace period.
  const time = Math.max(now, contact.latestTime, contact.lastContact)
  // Whoever answers "unchanged" beyond not_after is a manager at fault or somebody in between: it is no contact.
  const lostAt = Math.min(contact.lastContact, contact.notAfter)
  const noticedAt = Math.min(contact.lastContact + noticedAfter(refreshInterval), contact.notAfter)
  const graceEnds = Math.max(noticedAt, lostAt + (outage?.gracePeriod ?? 0))

  if (time < noticedAt) return { state: 'online', createsAllowed: true, changesAt: noticedAt }
  const warning = {
    since: lostAt,
    ...(outage?.message === undefined ? {} : { message: outage.message }),
  }
  if (time < graceEnds) return { state: 'grace', createsAllowed: true, warning, changesAt: graceEnds }
  return { state: 'degraded', createsAllowed: outage?.policy !== 'block_new', warning }
}

/**
 * The latest time that a client can be sure of: what its wall clock says, unless the time it knew before and what a
 * monotonic clock has counted since are later. A clock set back therefore neither revives an expired envelope nor
 * stops a grace period. At each contact the client starts again from its wall clock, so that one that had jumped
 * ahead does no lasting harm.
 */
export const latestTime = (previous: number, elapsed: number, wallClock: number): number =>
  Math.max(wallClock, previous + elapsed)
