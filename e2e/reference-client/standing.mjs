/**
 * What a client does when its manager is away, and when it asks again. All times are seconds.
 *
 * @typedef {{ state: 'online' | 'grace' | 'degraded', createsAllowed: boolean, warning?: string }} Standing
 */

/** @type {Readonly<Record<string, number>>} */
const units = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, '\u00b5s': 1e-6, '\u03bcs': 1e-6, ns: 1e-9 }

/** Seconds of a Go duration such as 1h30m, or undefined. @param {unknown} text @returns {number | undefined} */
export function goDurationSeconds(text) {
  if (text === '0') return 0
  const part = /(\d+\.?\d*|\.\d+)(ms|us|\u00b5s|\u03bcs|ns|h|m|s)/y
  let total = 0
  let at = 0
  while (at < String(text).length) {
    part.lastIndex = at
    const found = part.exec(String(text))
    if (!found) return undefined
    total += Number(found[1]) * Number(units[String(found[2])])
    at = part.lastIndex
  }
  return at === 0 ? undefined : total
}

/** @param {unknown} interval a manager's wish, within what a client finds reasonable */
export const refreshSeconds = (interval) => Math.min(86_400, Math.max(10, goDurationSeconds(interval) ?? 300))

/**
 * The last verified policy applies in every state. Running servers go on in every state.
 * @param {Record<string, any>} envelope
 * @param {{ lastContact: number, notAfter: number }} contact
 * @param {number} now a time that never goes back
 * @returns {Standing}
 */
export function standing(envelope, contact, now) {
  const outage = envelope.degraded_mode
  // Beyond not_after an answer is no contact: a 304 extends nothing.
  const lostAt = Math.min(contact.lastContact, contact.notAfter)
  const noticedAt = Math.min(
    contact.lastContact + 2 * refreshSeconds(envelope.refresh_interval),
    contact.notAfter,
  )
  const graceEnds = Math.max(noticedAt, lostAt + (goDurationSeconds(outage?.grace_period) ?? 0))
  if (now < noticedAt) return { state: 'online', createsAllowed: true }
  const warning = outage?.message ?? 'The manager cannot be reached.'
  if (now < graceEnds) return { state: 'grace', createsAllowed: true, warning }
  return { state: 'degraded', createsAllowed: outage === undefined || outage.policy === 'warn', warning }
}

/**
 * When to ask again. Every wait is spread, so that a fleet that lost its manager together does not come back in step.
 * @param {{ refreshInterval: number, failures: number, retryAfter?: number, random?: () => number }} situation
 */
export function nextPollIn({ refreshInterval, failures, retryAfter = 0, random = Math.random }) {
  const wait = failures === 0 ? refreshInterval : Math.min(refreshInterval, 5 * 2 ** (failures - 1))
  return Math.max(retryAfter, Math.round(wait * (800 + 400 * random())) / 1000)
}
