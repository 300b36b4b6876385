import { formatInstant } from '../../../domain/instant.ts'
import type { DatabaseHealth } from '../../ports/database.ts'
import type { KeySetState } from '../../ports/key-set.ts'
import type { PolicySource } from '../../ports/policy-source.ts'
import type { SigningKeys } from '../../ports/signing-keys.ts'

/** `failing` keeps the manager from serving envelopes; `warning` is for somebody to look at while it goes on. */
export interface PartState {
  readonly state: 'ok' | 'warning' | 'failing'
  readonly detail?: string
}

interface Parts {
  readonly policy: Pick<PolicySource, 'current' | 'refusal'>
  readonly keys: Pick<SigningKeys, 'signer' | 'problem'>
  /** Absent where no identity provider is configured. */
  readonly identityProvider?: () => KeySetState
  /** Absent where the installation needs no database. */
  readonly database?: () => DatabaseHealth
}

/**
 * The identity provider never makes the manager unready: restarting it or sending clients elsewhere would not bring
 * the provider back, and whoever holds a token with a known key is still served.
 */
export const assessReadiness = (parts: Parts): Readonly<Record<string, PartState>> => ({
  policy: assessPolicy(parts.policy),
  signing_key: assessKeys(parts.keys),
  identity_provider: assessIdentityProvider(parts.identityProvider?.()),
  database: assessDatabase(parts.database?.()),
})

function assessPolicy(policy: Parts['policy']): PartState {
  if (policy.current() === undefined) return { state: 'failing', detail: 'no policy is loaded' }
  const refusal = policy.refusal()
  if (refusal === undefined) return { state: 'ok' }
  const [first] = refusal.problems
  const more = refusal.problems.length - 1
  const where = first === undefined || first.path === '' ? '' : `${first.path}: `
  const rest = more > 0 ? ` (and ${more} more)` : ''
  return {
    state: 'warning',
    detail: `the newest policy is refused and the last good one is served. ${where}${first?.message ?? ''}${rest}`,
  }
}

function assessKeys(keys: Parts['keys']): PartState {
  const problem = keys.problem()
  if (keys.signer() === undefined)
    return { state: 'failing', detail: problem ?? 'no signing key is configured' }
  return problem === undefined
    ? { state: 'ok' }
    : { state: 'warning', detail: `the newest key is refused and the last good one signs. ${problem}` }
}

/** Never failing: what is served stands in memory, and sending clients to another replica would not bring it back. */
function assessDatabase(health: DatabaseHealth | undefined): PartState {
  if (health === undefined) return { state: 'ok', detail: 'not needed' }
  if (health.up) return { state: 'ok' }
  const since = formatInstant(Math.floor(health.since / 1000))
  return {
    state: 'warning',
    detail: `away since ${since}: envelopes are served from memory, nothing can be published. ${health.reason}`,
  }
}

function assessIdentityProvider(state: KeySetState | undefined): PartState {
  if (state === undefined) {
    return { state: 'warning', detail: 'none is configured, so nobody can sign in' }
  }
  if (!state.loaded) return { state: 'warning', detail: `its keys are not loaded. ${problemOf(state)}` }
  if (state.lastProblem !== undefined) {
    return { state: 'warning', detail: `known keys are served, it cannot be reached. ${problemOf(state)}` }
  }
  return { state: 'ok' }
}

const problemOf = ({ lastProblem }: KeySetState): string =>
  lastProblem === undefined ? 'The first fetch is under way.' : `${lastProblem.reason}: ${lastProblem.detail}`
