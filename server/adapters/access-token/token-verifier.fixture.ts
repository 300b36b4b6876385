import type { TokenRequirements } from '../../../domain/identity/token-requirements.ts'
import type { KeySet } from '../../ports/key-set.ts'
import type { Logger } from '../../ports/logger.ts'
import type { Metrics } from '../../ports/metrics.ts'
import type { TokenVerifier } from '../../ports/token-verifier.ts'
import { createKeySet } from '../identity-provider/create-key-set.ts'
import type { FakeProvider } from '../identity-provider/testing/fake-provider.ts'
import { limitedFetch } from '../limited-fetch/limited-fetch.ts'
import { createTokenVerifier } from './create-token-verifier.ts'

const silent = (): void => {}

const silentLogger: Logger = { debug: silent, info: silent, warn: silent, error: silent }

const silentMetrics: Metrics = {
  counter: () => ({ add: silent }),
  gauge: () => ({ set: silent }),
  histogram: () => ({ observe: silent }),
}

export const requirementsOf = (issuer: string, over: Partial<TokenRequirements> = {}): TokenRequirements => ({
  type: 'generic',
  issuer,
  audiences: ['enterprise-manager'],
  requiredScope: 'toolhive:config:read',
  groupsClaim: 'groups',
  rolesClaim: 'roles',
  ...over,
})

/** A verifier over the keys that a fake provider publishes; refresh the key set once before use. */
export const verifierFor = (
  provider: FakeProvider,
  clock: { now(): number },
  over: Partial<TokenRequirements> = {},
): { verifier: TokenVerifier; keySet: KeySet } => {
  const keySet = createKeySet({
    issuer: provider.issuer,
    fetch: limitedFetch,
    clock,
    logger: silentLogger,
    metrics: silentMetrics,
  })
  return { keySet, verifier: createTokenVerifier(requirementsOf(provider.issuer, over), keySet) }
}
