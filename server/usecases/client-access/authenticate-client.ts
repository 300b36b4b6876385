import type { Identity } from '../../../domain/identity/identity.ts'
import { limits } from '../../../domain/limits.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import type { Clock } from '../../ports/clock.ts'
import type { KeySet } from '../../ports/key-set.ts'
import type { Metrics } from '../../ports/metrics.ts'
import type { RefusedToken, TokenRefusal, TokenVerifier, VerifiedToken } from '../../ports/token-verifier.ts'
import { createConnectionDigests } from './connection-digests.ts'
import { createTokenMemory } from './token-memory.ts'

type Checked = Result<VerifiedToken, RefusedToken>

const accepted = ['accepted']
const remembered = ['remembered']

export interface AuthenticateProblem {
  readonly reason: TokenRefusal
  /** Whole seconds; only with `keys_unavailable`. */
  readonly retryAfter?: number
  /** The key id that the token names, for the log; at most 64 printable characters. */
  readonly kid?: string
}

export type AuthenticateOutcome = Result<Identity, AuthenticateProblem>

export interface AuthenticateClientPorts {
  readonly verifier: TokenVerifier
  readonly keySet: KeySet
  /** SHA-256 of the token's exact characters, as text. */
  readonly digest: (token: string) => string
  readonly clock: Clock
  readonly metrics: Metrics
}

/**
 * Who is behind a bearer token that came over `connection`. Answers at once when the token is remembered or its key is known; only a key that is
 * not at hand makes the caller wait. While a token is remembered the same `Identity` object comes back each time.
 */
export type AuthenticateClient = (
  token: string,
  connection?: object,
) => AuthenticateOutcome | Promise<AuthenticateOutcome>

/** Requests that may wait for one fetch of the keys. More than that are a flood, and told to come back. */
const MOST_WAITING = 5000

export const createAuthenticateClient = (ports: AuthenticateClientPorts): AuthenticateClient => {
  const { verifier, keySet, clock } = ports
  const digestOf = createConnectionDigests(ports.digest)
  const memory = createTokenMemory<AuthenticateOutcome>((key) => keySet.holds(key))
  const results = ports.metrics.counter(
    'hivewarden_token_results_total',
    'Access tokens by what came of them.',
    ['result'],
  )
  let waiting = 0

  const currentSecond = (): number => Math.floor(clock.now() / 1000)

  const refuse = (refused: RefusedToken, retryAfter?: number): AuthenticateOutcome => {
    results.add([refused.reason])
    return fail(retryAfter === undefined ? refused : { ...refused, retryAfter })
  }

  const conclude = (name: string, checked: Checked, now: number): AuthenticateOutcome => {
    if (!checked.ok) return refuse(checked.problem)
    results.add(accepted)
    const outcome = ok(checked.value.identity)
    memory.keep(name, checked.value, outcome, now)
    return outcome
  }

  /** A key that is not at hand may be a new one: ask the provider, and look once more. */
  const askForKey = async (token: string, name: string): Promise<AuthenticateOutcome> => {
    waiting += 1
    const refreshed = await keySet.refresh().finally(() => {
      waiting -= 1
    })
    const now = currentSecond()
    const checked = verifier.verify(token, now)
    if (checked.ok || checked.problem.reason !== 'key_unknown' || refreshed.fresh)
      return conclude(name, checked, now)
    // "No such key" would send people to sign in again; "nobody can say now" only makes the client try again.
    return refuse({ ...checked.problem, reason: 'keys_unavailable' }, refreshed.retryAfter)
  }

  return (token, connection) => {
    const now = currentSecond()
    // Before the digest, so that length costs nothing.
    if (token.length > limits.token.bytes) return refuse({ reason: 'too_long' })
    const name = digestOf(token, connection)
    const known = memory.recall(name, now)
    if (known !== undefined) {
      results.add(remembered)
      return known
    }
    const checked = verifier.verify(token, now)
    if (checked.ok || checked.problem.reason !== 'key_unknown') return conclude(name, checked, now)
    if (waiting < MOST_WAITING) return askForKey(token, name)
    return refuse({ ...checked.problem, reason: 'keys_unavailable' }, 1)
  }
}
