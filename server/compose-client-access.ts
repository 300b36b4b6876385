import { hash } from 'node:crypto'
import { fail } from '../domain/result.ts'
import { createTokenVerifier } from './adapters/access-token/create-token-verifier.ts'
import { createKeySet } from './adapters/identity-provider/create-key-set.ts'
import { limitedFetch } from './adapters/limited-fetch/limited-fetch.ts'
import type { PrometheusMetrics } from './adapters/metrics/prometheus-metrics.ts'
import type { Settings } from './config/settings.ts'
import type { Clock } from './ports/clock.ts'
import type { KeySetState } from './ports/key-set.ts'
import type { Logger } from './ports/logger.ts'
import {
  type AuthenticateClient,
  createAuthenticateClient,
} from './usecases/client-access/authenticate-client.ts'

interface ClientAccess {
  readonly authenticate: AuthenticateClient
  /** Absent where no identity provider is configured: then no token is good. */
  readonly identityProvider?: { readonly issuer: string; state(): KeySetState }
  /** Begins to fetch the provider's keys. After the listeners are open, since the provider may be behind one of them. */
  start(): void
  stop(): void
}

interface Ports {
  readonly clock: Clock
  readonly logger: Logger
  readonly metrics: PrometheusMetrics
}

export function composeClientAccess(settings: Settings, { clock, logger, metrics }: Ports): ClientAccess {
  const issuer = settings['idpConfig.issuer']
  if (issuer === undefined) return nobody
  const keySet = createKeySet({ issuer, fetch: limitedFetch, clock, logger, metrics })
  const verifier = createTokenVerifier(
    {
      type: settings['idpConfig.idpType'],
      issuer,
      audiences: settings['idpConfig.audience'] ?? [],
      requiredScope: settings['idpConfig.requiredScope'],
      groupsClaim: settings['idpConfig.groupsClaim'],
      rolesClaim: settings['idpConfig.rolesClaim'],
    },
    keySet,
  )
  const digest = (token: string): string => hash('sha256', token, 'base64')
  metrics.observed(
    'hivewarden_jwks_age_seconds',
    'Age of the keys of the identity provider; NaN before the first fetch.',
    () => keySet.state().age ?? Number.NaN,
  )
  return {
    authenticate: createAuthenticateClient({ verifier, keySet, digest, clock, metrics }),
    identityProvider: { issuer, state: () => keySet.state() },
    start: () => keySet.start(),
    stop: () => keySet.stop(),
  }
}

const nobody: ClientAccess = {
  authenticate: () => fail({ reason: 'issuer' }),
  start: () => undefined,
  stop: () => undefined,
}
