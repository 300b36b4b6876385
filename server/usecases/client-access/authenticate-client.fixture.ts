import { hash } from 'node:crypto'
import type { TestContext } from 'node:test'
import type { TokenRequirements } from '../../../domain/identity/token-requirements.ts'
import { createTokenVerifier } from '../../adapters/access-token/create-token-verifier.ts'
import { requirementsOf } from '../../adapters/access-token/token-verifier.fixture.ts'
import { setUpKeySet } from '../../adapters/identity-provider/key-set.fixture.ts'
import type { TokenVerifier } from '../../ports/token-verifier.ts'
import { createAuthenticateClient } from './authenticate-client.ts'

/** The whole way of a token before a provider on a real socket; `verified` counts how often a token was really checked. */
export const setUpAuthentication = async (t: TestContext, over: Partial<TokenRequirements> = {}) => {
  const set = await setUpKeySet(t)
  const inner = createTokenVerifier(requirementsOf(set.provider.issuer, over), set.keySet)
  const counts = { verified: 0 }
  const verifier: TokenVerifier = {
    verify: (token, now) => {
      counts.verified += 1
      return inner.verify(token, now)
    },
  }
  const authenticate = createAuthenticateClient({
    ...set,
    verifier,
    digest: (token) => hash('sha256', token, 'base64'),
  })
  /** `accepted`, or the reason with the seconds to wait. */
  const outcomeOf = async (token: string): Promise<string> => {
    const outcome = await authenticate(token)
    if (outcome.ok) return 'accepted'
    const { reason, retryAfter } = outcome.problem
    return retryAfter === undefined ? reason : `${reason} ${retryAfter}`
  }
  return { ...set, authenticate, outcomeOf, counts }
}
