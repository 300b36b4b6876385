/**
 * The checks of docs/contract/envelope.md with nothing but node:crypto, in the order of the contract.
 *
 * @typedef {{ kty: string, crv: string, x: string, y: string, kid: string, alg?: string, use?: string, d?: string }} Jwk
 * @typedef {Record<string, any>} Envelope
 * @typedef {{ serial?: number, issuedAt: number, latestTime: number }} Accepted  of the newest envelope accepted
 */
import { createHash, createPublicKey, verify } from 'node:crypto'

const LARGEST_ENVELOPE = 512 * 1024
const FUTURE_TOLERANCE = 60

/** Why an envelope or an answer was not taken; `step` is the check of the contract that said no. */
export class Refused extends Error {
  /** @param {string} step @param {string} message */
  constructor(step, message) {
    super(`${step}: ${message}`)
    this.step = step
  }
}

/** @param {unknown} condition @param {string} step @param {string} message @returns {asserts condition} */
export function must(condition, step, message) {
  if (!condition) throw new Refused(step, message)
}

/** RFC 8785. JavaScript's numbers, strings and code-unit order are those of the RFC. @param {any} value @returns {string} */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.keys(value).sort()
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`
}

/** @param {string} text */
function strictBase64Url(text) {
  const bytes = Buffer.from(text, 'base64url')
  must(bytes.toString('base64url') === text, 'form', 'not strict base64url')
  return bytes
}

/**
 * Only text that is already canonical is taken: then no member can stand there twice, and no two readers can read it
 * differently.
 * @param {string} text @returns {any}
 */
function parseCanonical(text) {
  try {
    const value = JSON.parse(text)
    if (canonical(value) === text) return value
  } catch {}
  throw new Refused('form', 'not canonical JSON')
}

/** @param {string} text */
function takeApart(text) {
  if (!text.startsWith('{')) {
    const [header = '', payload = '', signature = '', ...more] = text.split('.')
    must(signature !== '' && more.length === 0, 'form', 'not three parts')
    return { header, payload, signature, envelope: parseCanonical(strictBase64Url(payload).toString()) }
  }
  const { signature: detached, ...envelope } = parseCanonical(text)
  const [header = '', empty, signature = '', ...more] = String(detached).split('.')
  must(empty === '' && more.length === 0, 'form', 'no detached signature')
  return { header, payload: Buffer.from(canonical(envelope)).toString('base64url'), signature, envelope }
}

/**
 * The checks of the contract, in its order. Nothing of the envelope is used before the signature holds.
 * @param {string} text
 * @param {{ keys: Jwk[], manager: string, now: number, accepted?: Accepted | undefined }} context
 * @returns {Envelope}
 */
export function verifyEnvelope(text, { keys, manager, now, accepted }) {
  must(Buffer.byteLength(text) <= LARGEST_ENVELOPE, 'size', 'larger than 512 KiB')
  const { header, payload, signature, envelope } = takeApart(text)

  const headerText = strictBase64Url(header).toString()
  const kid = /^\{"alg":"ES256","kid":"([\w-]{43})","typ":"toolhive-config\+jws"\}$/.exec(headerText)?.[1]
  must(kid, 'header', headerText)
  const jwk = keys.find((key) => key.kid === kid)
  must(jwk, 'key', kid)

  const bytes = strictBase64Url(signature)
  const key = createPublicKey({ key: { kty: jwk.kty, crv: jwk.crv, x: jwk.x, y: jwk.y }, format: 'jwk' })
  const signed = Buffer.from(`${header}.${payload}`)
  const holds = bytes.length === 64 && verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, bytes)
  must(holds, 'signature', 'does not hold')

  must(envelope.schema_version === '1', 'schema_version', String(envelope.schema_version))
  must(envelope.manager === manager, 'manager', String(envelope.manager))
  const issuedAt = instant(envelope.issued_at, 'issued_at')
  must(issuedAt <= now + FUTURE_TOLERANCE, 'issued_at', envelope.issued_at)
  checkOrderAndEnd(envelope, issuedAt, now, accepted)
  return envelope
}

/** @param {Envelope} envelope @param {number} issuedAt @param {number} now @param {Accepted | undefined} accepted */
function checkOrderAndEnd(envelope, issuedAt, now, accepted) {
  const numbered = accepted?.serial !== undefined && envelope.serial !== undefined
  const order = !accepted
    ? 1
    : (numbered && Math.sign(envelope.serial - Number(accepted.serial))) ||
      Math.sign(issuedAt - accepted.issuedAt)
  // A clock set back does not revive the envelope at hand; a newer one has only the present clock against it.
  const time = order > 0 ? now : Math.max(now, accepted?.latestTime ?? 0)
  must(instant(envelope.not_after, 'not_after') > time, 'not_after', envelope.not_after)
  must(order >= 0, 'order', `serial ${envelope.serial}, issued ${envelope.issued_at}`)
}

/** @param {unknown} text @param {string} step */
export function instant(text, step) {
  const seconds = Date.parse(String(text)) / 1000
  const exact =
    Number.isInteger(seconds) && new Date(seconds * 1000).toISOString().replace('.000Z', 'Z') === text
  must(exact, step, String(text))
  return seconds
}

/** @param {unknown} jwks @returns {Jwk[]} */
export function usableKeys(jwks) {
  /** @type {Jwk[]} */
  const keys = Array.isArray(Object(jwks).keys) ? Object(jwks).keys : []
  must(!keys.some((key) => 'd' in key), 'key', 'the manager publishes a private key')
  return keys.filter((key) => key.kty === 'EC' && key.crv === 'P-256' && key.kid === thumbprint(key))
}

/** RFC 7638. @param {Jwk} key */
const thumbprint = ({ crv, kty, x, y }) =>
  createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url')
