import type { VerifiedEnvelope } from './verified-envelope.ts'

/**
 * What a client keeps, in a place of its own, about the newest envelope that it has accepted from its manager: the
 * mark that no older envelope may undercut, a cache that was put back included.
 */
export interface Acceptance {
  /** The highest serial ever accepted. Absent while no envelope had one. */
  readonly serial?: number
  readonly issuedAt: number
  /** The latest time that the client has seen, so that a clock set back does not revive the accepted envelope. */
  readonly latestTime: number
}

export function accept(
  before: Acceptance | undefined,
  envelope: Pick<VerifiedEnvelope, 'serial' | 'issuedAt'>,
  now: number,
): Acceptance {
  const serials = [before?.serial, envelope.serial].filter((serial) => serial !== undefined)
  return {
    ...(serials.length === 0 ? {} : { serial: Math.max(...serials) }),
    issuedAt: envelope.issuedAt,
    latestTime: now,
  }
}

type Ordered = Pick<VerifiedEnvelope, 'serial' | 'issuedAt'>

/** Where an envelope stands to the accepted one. The same one again is no error: it is what a manager hands out. */
export function compareToAccepted(
  envelope: Ordered,
  accepted: Acceptance,
): 'newer' | 'same' | 'rollback' | 'older' {
  if (envelope.serial !== undefined && accepted.serial !== undefined && envelope.serial !== accepted.serial) {
    return envelope.serial < accepted.serial ? 'rollback' : 'newer'
  }
  // Without a serial on both sides the dates alone put the two in order.
  if (envelope.issuedAt === accepted.issuedAt) return 'same'
  return envelope.issuedAt < accepted.issuedAt ? 'older' : 'newer'
}
