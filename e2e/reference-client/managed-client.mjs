/**
 * A managed client that follows docs/contract/envelope.md with nothing but fetch and node:crypto. It shares no code
 * with the product, so that it judges the product. docs/writing-a-client.md walks through it.
 *
 *   node e2e/reference-client/managed-client.mjs https://config.example.com TOKEN
 */
import { pathToFileURL } from 'node:url'
import { refreshSeconds, standing } from './standing.mjs'
import { instant, must, Refused, usableKeys, verifyEnvelope } from './verify-envelope.mjs'

const KIB = 1024
const LARGEST = { bootstrap: 16 * KIB, jwks: 64 * KIB, envelope: 512 * KIB }
const TIMEOUT = 30_000
const JWKS_PAUSE = 30

/**
 * @typedef {import('./verify-envelope.mjs').Jwk} Jwk
 * @typedef {import('./verify-envelope.mjs').Envelope} Envelope
 * @typedef {{ text: string, keys: Jwk[], etag: string, serial?: number, issuedAt: number, notAfter: number,
 *   latestTime: number, lastContact: number }} Cache  what a client keeps across restarts, in one piece
 * @typedef {{ url: string, token: () => string | Promise<string>, now?: () => number, type?: string, version?: string,
 *   load?: () => Cache | undefined, save?: (cache: Cache) => void, form?: 'json' | 'jose' }} Options
 */

/** Follows no redirect and reads no more than it must. @param {string} url @param {number} largest @param {Record<string, string>} [headers] */
async function get(url, largest, headers = {}) {
  const { protocol, hostname } = new URL(url)
  const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  must(protocol === 'https:' || (protocol === 'http:' && loopback), 'address', `${url} is not https`)
  const answer = await fetch(url, { headers, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT) })
  const chunks = []
  let length = 0
  for await (const chunk of answer.body ?? []) {
    length += chunk.length
    must(length <= largest, 'size', `${url} answers more than ${largest} bytes`)
    chunks.push(chunk)
  }
  return { status: answer.status, headers: answer.headers, text: Buffer.concat(chunks).toString() }
}

/** @param {string} url @param {number} largest */
async function getJson(url, largest) {
  const { status, text } = await get(url, largest)
  must(status === 200, 'answer', `${url} answers ${status}`)
  return JSON.parse(text)
}

export class ManagedClient {
  /** @type {Jwk[]} */ #keys = []
  #keysFetchedAt = Number.NEGATIVE_INFINITY
  /** @type {Cache | undefined} */ #cache
  /** @type {Envelope | undefined} */ envelope

  /** @param {Options} options */
  constructor(options) {
    this.options = {
      now: () => Math.floor(Date.now() / 1000),
      type: 'toolhive-cli',
      version: '1.0.0',
      ...options,
    }
    this.manager = options.url.replace(/\/+$/, '')
    this.#restore(options.load?.())
  }

  /** What was cached is verified like what arrives; it may have expired, which never means "no policy". @param {Cache | undefined} cache */
  #restore(cache) {
    if (!cache) return
    this.envelope = verifyEnvelope(cache.text, {
      keys: cache.keys,
      manager: this.manager,
      now: cache.issuedAt,
    })
    this.#keys = cache.keys
    this.#cache = cache
  }

  /** Where this client stands: online, grace or degraded, and what that means. */
  get standing() {
    if (!this.#cache || !this.envelope) return { state: 'online', createsAllowed: false }
    this.#cache.latestTime = this.#latestTime(this.#cache)
    return standing(this.envelope, this.#cache, this.#cache.latestTime)
  }

  /** @param {Cache} cache */
  #latestTime(cache) {
    return Math.max(this.options.now(), cache.latestTime)
  }

  /** One poll. Whatever goes wrong, the last verified policy stays. @returns {Promise<'updated' | 'unchanged'>} */
  async refresh() {
    // Kept before anything can fail: a clock set back over a restart must not give the grace period back.
    if (this.#cache) this.#keep({ ...this.#cache, latestTime: this.#latestTime(this.#cache) })
    const bootstrap = await getJson(`${this.manager}/.well-known/toolhive-configuration`, LARGEST.bootstrap)
    const { origin } = new URL(this.manager)
    for (const url of [bootstrap.config_endpoint, bootstrap.jwks_uri]) {
      must(new URL(url).origin === origin, 'bootstrap', `${url} has another origin`)
    }
    if (this.#keys.length === 0) await this.#fetchKeys(bootstrap.jwks_uri)

    const now = this.options.now()
    const expired = this.#cache !== undefined && this.#cache.notAfter <= Math.max(now, this.#cache.latestTime)
    const answer = await this.#ask(bootstrap.config_endpoint, expired)
    if (answer.status === 304) {
      must(this.#cache && !expired, 'answer', '304 for nothing, or beyond not_after')
      this.#keep({ ...this.#cache, latestTime: now, lastContact: now })
      return 'unchanged'
    }
    must(answer.status === 200, 'answer', `${answer.status} ${answer.text.slice(0, 200)}`)
    return this.#accept(answer.text, bootstrap.jwks_uri, now)
  }

  /** @param {string} url @param {boolean} expired */
  async #ask(url, expired) {
    const tag = this.options.form === 'jose' ? `"${this.#cache?.etag};jose"` : `"${this.#cache?.etag}"`
    return get(url, LARGEST.envelope, {
      authorization: `Bearer ${await this.options.token()}`,
      'x-client-type': this.options.type,
      'x-client-version': this.options.version,
      'x-client-state': this.standing.state,
      ...(this.options.form === 'jose' ? { accept: 'application/jose' } : {}),
      ...(this.#cache?.serial === undefined ? {} : { 'x-applied-serial': String(this.#cache.serial) }),
      // A 304 cannot extend a validity, so an expired envelope is asked for anew.
      ...(this.#cache === undefined || expired ? {} : { 'if-none-match': tag }),
    })
  }

  /** @param {string} text @param {string} jwksUri @param {number} now @returns {Promise<'updated' | 'unchanged'>} */
  async #accept(text, jwksUri, now) {
    const check = () =>
      verifyEnvelope(text, { keys: this.#keys, manager: this.manager, now, accepted: this.#cache })
    let envelope
    try {
      envelope = check()
    } catch (error) {
      const unknown = error instanceof Refused && error.step === 'key'
      if (!unknown || !(await this.#fetchKeys(jwksUri))) throw error
      envelope = check()
    }
    const changed = envelope.etag !== this.#cache?.etag
    const serials = [this.#cache?.serial, envelope.serial].filter((serial) => serial !== undefined)
    this.envelope = envelope
    this.#keep({
      text,
      keys: this.#keys,
      etag: envelope.etag,
      ...(serials.length === 0 ? {} : { serial: Math.max(...serials) }),
      issuedAt: instant(envelope.issued_at, 'issued_at'),
      notAfter: instant(envelope.not_after, 'not_after'),
      latestTime: now,
      lastContact: now,
    })
    return changed ? 'updated' : 'unchanged'
  }

  /** False when it fetched them a moment ago: nobody can make a client hammer its manager. @param {string} url */
  async #fetchKeys(url) {
    const now = this.options.now()
    if (now - this.#keysFetchedAt < JWKS_PAUSE) return false
    this.#keysFetchedAt = now
    this.#keys = usableKeys(await getJson(url, LARGEST.jwks))
    return true
  }

  /** @param {Cache} cache */
  #keep(cache) {
    this.options.save?.(cache)
    this.#cache = cache
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [url, token] = process.argv.slice(2)
  if (url === undefined || token === undefined) {
    console.error('Usage: managed-client.mjs URL TOKEN')
    process.exit(2)
  }
  const client = new ManagedClient({ url, token: () => token })
  try {
    await client.refresh()
    const wait = refreshSeconds(client.envelope?.refresh_interval)
    console.log(JSON.stringify(client.envelope, undefined, 2))
    console.log(`Verified. ${client.standing.state}; next poll in ${wait} seconds.`)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}
