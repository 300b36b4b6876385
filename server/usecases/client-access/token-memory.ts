import { limits } from '../../../domain/limits.ts'
import type { VerifiedToken } from '../../ports/token-verifier.ts'

const { clockTolerance, rememberedFor, rememberedAtMost } = limits.token

export interface TokenMemory<Kept> {
  /** What was kept for this token, while that may still be relied on. */
  recall(digest: string, now: number): Kept | undefined
  keep(digest: string, token: VerifiedToken, kept: Kept, now: number): void
}

interface Entry<Kept> {
  readonly kept: Kept
  readonly key: VerifiedToken['key']
  readonly since: number
  readonly until: number
}

/**
 * Verified tokens by their digest, in two generations of half the allowed size. When the young one is full (or old) it
 * becomes the old one and the oldest is dropped whole, so that forgetting costs nothing per token: a flood of different
 * valid tokens cannot make it slow, and whoever comes back in between is moved to the young generation and stays.
 */
export const createTokenMemory = <Kept>(
  holds: (key: VerifiedToken['key']) => boolean,
  atMost: number = rememberedAtMost,
): TokenMemory<Kept> => {
  type Generation = Map<string, Entry<Kept>>
  let young: Generation = new Map()
  let old: Generation = new Map()
  let begunAt = 0

  const insert = (digest: string, entry: Entry<Kept>, now: number): void => {
    if (young.size >= atMost / 2 || Math.abs(now - begunAt) >= rememberedFor) {
      old = young
      young = new Map()
      begunAt = now
    }
    young.set(digest, entry)
  }

  const isGood = ({ key, since, until }: Entry<Kept>, now: number): boolean =>
    // Before `since` the clock was set back, and how long ago that was cannot be said.
    now >= since && now < until && holds(key)

  return {
    recall: (digest, now) => {
      let entry = young.get(digest)
      const fromOld = entry === undefined
      entry ??= old.get(digest)
      if (entry === undefined) return undefined
      if (!isGood(entry, now)) {
        young.delete(digest)
        old.delete(digest)
        return undefined
      }
      if (fromOld) {
        old.delete(digest)
        insert(digest, entry, now)
      }
      return entry.kept
    },
    keep: (digest, { key, expiresAt }, kept, now) => {
      const until = Math.min(expiresAt + clockTolerance, now + rememberedFor)
      insert(digest, { kept, key, since: now, until }, now)
    },
  }
}
