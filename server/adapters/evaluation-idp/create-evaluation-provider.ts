import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '../../ports/clock.ts'
import type { Logger } from '../../ports/logger.ts'
import { loadLibrary } from './load-library.ts'
import { loadProviderKeys } from './load-provider-keys.ts'
import { isLoopbackHost, isLoopbackRedirect } from './loopback-host.ts'
import { MemoryStore } from './memory-store.ts'
import { isolationHeaders } from './page-headers.ts'
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
export interface EvaluationProvider {
  /** True for the paths that belong to the provider, the discovery document of RFC 8414 outside the issuer's path included. */
  owns(path: string): boolean
  handle(request: IncomingMessage, response: ServerResponse): void
  readonly people: readonly SamplePerson[]
  publicJwks(): { readonly keys: readonly Readonly<Record<string, unknown>>[] }
}

export const createEvaluationProvider = async (
  settings: EvaluationProviderSettings,
  ports: EvaluationProviderPorts,
): Promise<EvaluationProvider> => {
  const issuer = new URL(settings.issuer)
  const mountPath = issuer.pathname.replace(/\/$/, '')
  if (!isLoopbackHost(issuer.host) || mountPath === '') {
    throw new TypeError(
      'The evaluation provider needs an issuer on a loopback host, under a path of its own.',
    )
  }
  const [{ Provider, errors }, keys] = await Promise.all([
    loadLibrary(ports.logger),
    loadProviderKeys(settings.dataDir, ports.logger),
  ])
  const subject = { ...settings, resource: settings.resourceUrl, mountPath }
  const store = new MemoryStore(() => ports.clock.now())
  const provider = new Provider(settings.issuer, providerConfiguration(subject, keys, store, errors))
  provider.Client.prototype.redirectUriAllowed = isLoopbackRedirect
  reportFailures(provider, ports.logger)

  const { kty, n, e, kid, use, alg } = keys.signingKey
  return {
    ...createDoor({
      mountPath,
      host: issuer.host,
      logger: ports.logger,
      protocol: provider.callback(),
      signIn: createSignInHandler({ ...subject, provider, errors, origin: issuer.origin }),
    }),
    people: samplePeople,
    publicJwks: () => ({ keys: [{ kty, n, e, kid, use, alg }] }),
  }
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

interface Door {
  readonly mountPath: string
  readonly host: string
  readonly logger: Logger
  readonly protocol: Handler
  readonly signIn: Handler
}

const createDoor = (door: Door): Pick<EvaluationProvider, 'owns' | 'handle'> => {
  const outsideDiscovery = `/.well-known/oauth-authorization-server${door.mountPath}`

  const owns = (path: string): boolean =>
    path === door.mountPath || path.startsWith(`${door.mountPath}/`) || path === outsideDiscovery

  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    for (const [name, value] of Object.entries(isolationHeaders)) response.setHeader(name, value)
    if (isLoopbackHost(request.headers.host)) {
      answer(request, response).catch((error: unknown) => fail(error, response))
    } else {
      misdirect(response)
    }
  }

  const answer = (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = pathInside(request.url ?? '/')
    // Each sign-in starts afresh, so that another person can be picked without signing out first.
    forgetSession(request)
    request.headers.host = door.host
    if (path.startsWith('/interaction/')) return door.signIn(request, response)
    // What a web framework leaves behind when it mounts a handler; the library builds its addresses from it.
    Object.assign(request, { url: withScope(path), baseUrl: door.mountPath })
    return door.protocol(request, response)
  }

  const pathInside = (url: string): string => {
    if (url.startsWith(outsideDiscovery)) return url.slice(0, outsideDiscovery.length - door.mountPath.length)
    const rest = url.slice(door.mountPath.length)
    return rest.startsWith('/') ? rest : `/${rest}`
  }

  const fail = (error: unknown, response: ServerResponse): void => {
    door.logger.error('evaluation_idp_failed', { problem: describe(error) })
    if (response.headersSent) {
      response.destroy()
      return
    }
    response.writeHead(500, { 'Content-Type': 'application/json' })
    response.end('{"error":"server_error"}')
  }

  return { owns, handle }
}

const forgetSession = (request: IncomingMessage): void => {
  const kept = (request.headers.cookie ?? '')
    .split(';')
    .filter((cookie) => !cookie.trim().startsWith('hivewarden_evaluation_session'))
  request.headers.cookie = kept.join(';')
}

/** A client that asks for no scope means the default one (RFC 6749, 3.3); the library knows no default. */
const withScope = (path: string): string => {
  const query = path.startsWith('/auth?') ? path.slice('/auth?'.length) : undefined
  if (query === undefined || new URLSearchParams(query).has('scope')) return path
  return `${path}&scope=openid`
}

const misdirect = (response: ServerResponse): void => {
  response.writeHead(421, { 'Content-Type': 'application/json' })
  response.end('{"error":"misdirected_request","error_description":"Use the address localhost."}')
}

const reportFailures = (
  provider: InstanceType<typeof import('oidc-provider').Provider>,
  logger: Logger,
): void => {
  provider.on('server_error', (_context, error) => {
    logger.error('evaluation_idp_failed', { problem: describe(error) })
  })
  provider.on('error', (error) => {
    logger.warn('evaluation_idp_error', { problem: describe(error) })
  })
}

const describe = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : 'unknown'
