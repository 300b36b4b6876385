import { limits } from '../../../domain/limits.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import type { KeySetProblem } from '../../ports/key-set.ts'
import type { LimitedFetch } from '../../ports/limited-fetch.ts'
import { discoverKeySetUrl, fetchDocument } from './discover.ts'
import { type KeyTable, readKeyTable } from './read-key-table.ts'

export interface KeySourceOptions {
  readonly issuer: string
  readonly fetch: LimitedFetch
  readonly now: () => number
  readonly signal: AbortSignal
}

export type KeySource = (before: KeyTable | undefined) => Promise<Result<KeyTable, KeySetProblem>>

/** Seconds for which a discovery document is believed while the key set behind it answers. */
const REDISCOVER_AFTER = 3600

/** Reads the provider's keys: where they are, when that is not known, and then the set itself. */
export const createKeySource = ({ issuer, fetch, now, signal }: KeySourceOptions): KeySource => {
  let place: { readonly url: string; readonly at: number } | undefined

  const locate = async (): Promise<Result<string, KeySetProblem>> => {
    if (place !== undefined && now() - place.at < REDISCOVER_AFTER) return ok(place.url)
    const found = await discoverKeySetUrl(fetch, issuer, signal)
    if (found.ok) place = { url: found.value, at: now() }
    return found
  }

  return async (before) => {
    try {
      const url = await locate()
      if (!url.ok) return url
      const { bytes, timeout } = limits.jwks
      const fetched = await fetchDocument(fetch, url.value, { bytes, timeout, signal }, 'jwks')
      const read = fetched.ok ? readKeyTable(fetched.value.body, before) : fetched
      // The provider may have moved its keys: ask where they are before the next attempt.
      if (!read.ok) place = undefined
      return read
    } catch (error) {
      // A bug in here must not stop the refreshing for good.
      return fail({ reason: 'failed', detail: error instanceof Error ? error.message : 'unknown' })
    }
  }
}
