import { hash } from 'node:crypto'
import type { Settings } from './config/settings.ts'
import { createClientAddress } from './http/client-address.ts'
import { createDispatch, type Door } from './http/dispatch.ts'
import type { RequestCounts } from './http/exchange.ts'
import { hostRule } from './http/host-rule.ts'
import { bootstrapDocument, protectedResourceDocument } from './http/manager/bootstrap.ts'
import { createConfig } from './http/manager/config.ts'
import { createConfigRefusals } from './http/manager/config-refusals.ts'
import { answerHealthz, createReadyz, type Readiness } from './http/manager/health.ts'
import type { ManagerAddresses } from './http/manager/manager-addresses.ts'
import { managerRoutes } from './http/manager/manager-routes.ts'
import { sendPublicDocument, sendTaggedDocument } from './http/manager/public-document.ts'
import { createPublicKeys } from './http/manager/public-keys.ts'
import type { WaitingRoom } from './http/manager/waiting-room.ts'
import { createRefusalLog } from './http/refusal-log.ts'
import type { Clock } from './ports/clock.ts'
import type { Logger } from './ports/logger.ts'
import type { SigningKeys } from './ports/signing-keys.ts'
import type { AuthenticateClient } from './usecases/client-access/authenticate-client.ts'
import type { ServeEnvelope } from './usecases/envelope/serve-envelope.ts'

interface HttpParts {
  readonly settings: Settings
  readonly evaluation: boolean
  readonly addresses: ManagerAddresses
  readonly authenticate: AuthenticateClient
  readonly serveEnvelope: ServeEnvelope
  readonly keys: SigningKeys
  readonly readiness: Readiness
  readonly waitingRoom: WaitingRoom
  readonly doors: readonly Door[]
  readonly counts: RequestCounts
  readonly clock: Clock
  readonly logger: Logger
}

const digest = (text: string): string => hash('sha256', text, 'hex')

/** Everything that answers clients, as one function of a request. */
export function composeHttp(parts: HttpParts): ReturnType<typeof createDispatch> {
  const { settings, addresses, clock, logger } = parts
  const refusals = createRefusalLog(logger, clock, createClientAddress(settings['server.trustedProxies']))
  const signIn = {
    ...(settings['idpConfig.issuer'] === undefined ? {} : { issuer: settings['idpConfig.issuer'] }),
    ...(settings.clientID === undefined ? {} : { clientId: settings.clientID }),
    requiredScope: settings['idpConfig.requiredScope'],
  }
  const bootstrap = bootstrapDocument(addresses, signIn, digest)
  const protectedResource = protectedResourceDocument(addresses, signIn)

  const routes = managerRoutes(
    {
      bootstrap: (exchange) => sendTaggedDocument(exchange, bootstrap),
      jwks: createPublicKeys(parts.keys, digest),
      protectedResource: (exchange) =>
        addresses.protectedResource === undefined
          ? exchange.refuse('not_found', {
              description: 'The resource URL of this manager is not configured.',
            })
          : sendPublicDocument(exchange, protectedResource),
      config: createConfig({
        authenticate: parts.authenticate,
        serveEnvelope: parts.serveEnvelope,
        waitingRoom: parts.waitingRoom,
        now: clock.now,
        refusals: createConfigRefusals({
          log: refusals,
          requiredScope: settings['idpConfig.requiredScope'],
          metadata: addresses.protectedResource,
        }),
      }),
      healthz: answerHealthz,
      readyz: createReadyz(parts.readiness),
    },
    settings.resourceURL,
  )
  return createDispatch({
    routes,
    doors: parts.doors,
    answersFor: hostRule(parts.evaluation),
    counts: parts.counts,
    refusals,
  })
}
