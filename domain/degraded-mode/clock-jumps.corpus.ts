import type { Standing } from './degraded-mode.ts'

export interface ClockJump {
  /** By how many hours the client's clock jumps, 12 hours into an outage with a grace period of 24 hours. */
  readonly hours: number
  /** Where the client stands right after the jump. */
  readonly after: Standing['state']
  /** And where 13 hours later, when the grace period is over by any honest clock. */
  readonly later: Standing['state']
}

/** A clock that goes back gives no time back; one that goes ahead can only make a client stricter, until contact. */
export const clockJumps: readonly ClockJump[] = [
  { hours: -48, after: 'grace', later: 'degraded' },
  { hours: -42, after: 'grace', later: 'degraded' },
  { hours: -36, after: 'grace', later: 'degraded' },
  { hours: -30, after: 'grace', later: 'degraded' },
  { hours: -24, after: 'grace', later: 'degraded' },
  { hours: -18, after: 'grace', later: 'degraded' },
  { hours: -12, after: 'grace', later: 'degraded' },
  { hours: -6, after: 'grace', later: 'degraded' },
  { hours: 0, after: 'grace', later: 'degraded' },
  { hours: 6, after: 'grace', later: 'degraded' },
  { hours: 12, after: 'degraded', later: 'degraded' },
  { hours: 18, after: 'degraded', later: 'degraded' },
  { hours: 24, after: 'degraded', later: 'degraded' },
  { hours: 30, after: 'degraded', later: 'degraded' },
  { hours: 36, after: 'degraded', later: 'degraded' },
  { hours: 42, after: 'degraded', later: 'degraded' },
  { hours: 48, after: 'degraded', later: 'degraded' },
]
