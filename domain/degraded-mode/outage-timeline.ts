import { durationInWords, SECOND } from '../duration.ts'
import { noticedAfter, type Standing } from './degraded-mode.ts'
import type { OutagePolicy } from './outage-policy.ts'

/** A stretch of an outage as a console draws it. Seconds count from the last contact. */
export interface OutagePhase {
  readonly state: Standing['state']
  readonly startsAfter: number
  /** Absent for the last one, which lasts until the manager answers. */
  readonly endsAfter?: number
  readonly createsAllowed: boolean
  /** How long it lasts, in words. */
  readonly lasts: string
  /** What a client does meanwhile, for a person. */
  readonly sentence: string
  /** The organisation's words, where the client shows them. */
  readonly message?: string
}

/**
 * What an outage does to a client, from the last contact on: the client notices, the grace period runs, the policy
 * takes hold. A grace period that is over before anybody notices leaves no phase of its own.
 */
export function outageTimeline(
  outage: OutagePolicy | undefined,
  refreshInterval: number,
): readonly OutagePhase[] {
  const noticed = noticedAfter(refreshInterval)
  const graceEnds = Math.max(noticed, outage?.gracePeriod ?? 0)
  const message = outage?.message === undefined ? {} : { message: outage.message }
  const online: OutagePhase = {
    state: 'online',
    startsAfter: 0,
    endsAfter: noticed,
    createsAllowed: true,
    lasts: inWords(noticed),
    sentence: 'Nobody notices: the client works from its last verified policy and asks again.',
  }
  const grace: OutagePhase = {
    state: 'grace',
    startsAfter: noticed,
    endsAfter: graceEnds,
    createsAllowed: true,
    lasts: inWords(graceEnds - noticed),
    sentence: warned,
    ...message,
  }
  const degraded: OutagePhase = {
    state: 'degraded',
    startsAfter: graceEnds,
    createsAllowed: outage?.policy !== 'block_new',
    lasts: 'until the manager answers',
    sentence: outage?.policy === 'block_new' ? blocked : warned,
    ...message,
  }
  return graceEnds > noticed ? [online, grace, degraded] : [online, degraded]
}

const warned = 'Everything goes on. People see a warning.'
const blocked = 'Running servers go on. New ones cannot be created. People see why.'

const inWords = (seconds: number): string => durationInWords(BigInt(seconds) * SECOND)
