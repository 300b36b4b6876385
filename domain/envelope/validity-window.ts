/** Unix seconds. */
export interface ValidityWindow {
  readonly issuedAt: number
  readonly notAfter: number
  /** The first second at which the window is another. */
  readonly renewsAt: number
}

/**
 * The span for which an envelope is good. It follows from the clock alone, so that replicas that share nothing but
 * the key issue the same one, and what is handed out always has more than half of its life to live.
 */
export function validityWindow(publishedAt: number, now: number, ttl: number): ValidityWindow {
  for (const seconds of [publishedAt, now, ttl]) {
    if (!Number.isSafeInteger(seconds) || seconds < 0) throw new TypeError(`no whole seconds: ${seconds}`)
  }
  const renewal = Math.floor(ttl / 2)
  if (renewal === 0) throw new TypeError(`too short a life to renew: ${ttl}`)
  const issuedAt = Math.max(publishedAt, Math.floor(now / renewal) * renewal)
  return {
    issuedAt,
    notAfter: issuedAt + ttl,
    renewsAt: (Math.floor(issuedAt / renewal) + 1) * renewal,
  }
}
