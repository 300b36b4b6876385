import { parseGoDuration, SECOND } from '../duration.ts'
import { isJsonObject } from '../json/json-value.ts'
import { limits } from '../limits.ts'

/** What a client does when it has lost its manager, read from `degraded_mode`. */
export interface OutagePolicy {
  /** What happens once the grace period is over. */
  readonly policy: 'warn' | 'block_new'
  /** Seconds for which there is a warning and no more. */
  readonly gracePeriod: number
  /** The organisation's own words, shown as plain text. */
  readonly message?: string
}

export interface OutagePolicyReading {
  readonly policy: OutagePolicy
  /** Members that this client did not understand; it took the stricter reading of each. */
  readonly misread: readonly string[]
}

/**
 * Reads what the manager signed. A manager newer than this client may say something that it does not know: it then
 * takes the stricter reading and says so, since failing open would make an outage the way around a policy.
 */
export function readOutagePolicy(value: unknown): OutagePolicyReading {
  const members = isJsonObject(value) ? value : {}
  const misread: string[] = []
  const known = members.policy === 'warn' || members.policy === 'block_new'
  if (!known) misread.push('policy')
  const gracePeriod = readGracePeriod(members.grace_period)
  if (gracePeriod === undefined) misread.push('grace_period')
  const message = members.message
  if (message !== undefined && typeof message !== 'string') misread.push('message')
  return {
    policy: {
      policy: members.policy === 'warn' ? 'warn' : 'block_new',
      gracePeriod: gracePeriod ?? 0,
      ...(typeof message === 'string' && message !== ''
        ? { message: message.slice(0, limits.message.characters) }
        : {}),
    },
    misread,
  }
}

function readGracePeriod(value: unknown): number | undefined {
  if (value === undefined) return 0
  const duration = typeof value === 'string' ? parseGoDuration(value) : undefined
  if (!duration?.ok || duration.value < 0n) return undefined
  const seconds = Number((duration.value + SECOND - 1n) / SECOND)
  return Math.min(seconds, limits.gracePeriod.seconds)
}
