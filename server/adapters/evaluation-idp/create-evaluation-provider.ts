import type { Provider } from 'oidc-provider'
import { isLoopbackHost } from '../../../domain/loopback.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Logger } from '../../ports/logger.ts'
import { describeError } from './describe-error.ts'
import { createEvaluationDoor, type EvaluationDoor } from './evaluation-door.ts'
import { loadLibrary } from './load-library.ts'
import { loadProviderKeys } from './load-provider-keys.ts'
import { isLoopbackRedirect } from './loopback-redirect.ts'
import { MemoryStore } from './memory-store.ts'
import { providerConfiguration } from './provider-configuration.ts'
import { type SamplePerson, samplePeople } from './sample-people.ts'
import { createSignInHandler } from './sign-in-handler.ts'

export interface EvaluationProviderSettings {
  /** On a loopback host, with a path of its own: `http://localhost:8080/idp`. */
  readonly issuer: string
  /** The manager's public URL. */
  readonly resourceUrl: string
  readonly audience: string
  /** Empty where the manager asks for none. */
  readonly scope: string
  readonly clientId: string
  readonly dataDir: string
}

export interface EvaluationProviderPorts {
  readonly clock: Clock
  readonly logger: Logger
}

/**
 * A real OpenID provider inside the process, so that the whole flow works on one machine. It knows a few sample
 * people, asks for no password, and answers under loopback host names alone.
 */
export interface EvaluationProvider extends EvaluationDoor {
  readonly people: readonly SamplePerson[]
  publicJwks(): { readonly keys: readonly Readonly<Record<string, unknown>>[] }
}

export const createEvaluationProvider = async (
  settings: EvaluationProviderSettings,
  ports: EvaluationProviderPorts,
): Promise<EvaluationProvider> => {
  const issuer = new URL(settings.issuer)
  const mountPath = issuer.pathname.replace(/\/$/, '')
  if (!isLoopbackHost(issuer.hostname) || mountPath === '') {
    throw new TypeError(
      'The evaluation provider needs an issuer on a loopback host, under a path of its own.',
    )
  }
  const [library, keys] = await Promise.all([
    loadLibrary(ports.logger),
    loadProviderKeys(settings.dataDir, ports.logger),
  ])
  const subject = { ...settings, resource: settings.resourceUrl, mountPath }
  const store = new MemoryStore(() => ports.clock.now())
  const provider = new library.Provider(
    settings.issuer,
    providerConfiguration(subject, keys, store, library.errors),
  )
  // The door writes the forwarded headers itself.
  provider.proxy = true
  nameModels(provider)
  provider.Client.prototype.redirectUriAllowed = isLoopbackRedirect
  reportFailures(provider, ports.logger)

  const { kty, n, e, kid, use, alg } = keys.signingKey
  return {
    ...createEvaluationDoor({
      mountPath,
      origin: issuer,
      logger: ports.logger,
      protocol: provider.callback(),
      signIn: createSignInHandler({ ...subject, provider, errors: library.errors, origin: issuer.origin }),
    }),
    people: samplePeople,
    publicJwks: () => ({ keys: [{ kty, n, e, kid, use, alg }] }),
  }
}

const modelNames = [
  'AccessToken',
  'AuthorizationCode',
  'Grant',
  'IdToken',
  'Interaction',
  'RefreshToken',
  'ReplayDetection',
  'Session',
] as const

/** The library tells its models apart by the names of their classes, and a bundler drops names that nothing mentions. */
const nameModels = (provider: Provider): void => {
  for (const name of modelNames) Object.defineProperty(provider[name], 'name', { value: name })
}

const reportFailures = (provider: Provider, logger: Logger): void => {
  provider.on('server_error', (_context, error) => {
    logger.error('evaluation_idp_failed', { problem: describeError(error) })
  })
  provider.on('error', (error) => {
    logger.warn('evaluation_idp_error', { problem: describeError(error) })
  })
}
