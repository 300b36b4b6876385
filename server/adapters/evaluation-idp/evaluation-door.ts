import type { IncomingMessage, ServerResponse } from 'node:http'
import { hostName, isLoopbackHost } from '../../../domain/loopback.ts'
import type { Logger } from '../../ports/logger.ts'
import { describeError } from './describe-error.ts'
import { isolationHeaders } from './page-headers.ts'

export interface EvaluationDoor {
  /** True for the paths that belong to the provider, the discovery document of RFC 8414 outside the issuer's path included. */
  owns(path: string): boolean
  handle(request: IncomingMessage, response: ServerResponse): void
}

/** RFC 8414 puts it before the issuer's path. */
const discoveryOutside = '/.well-known/oauth-authorization-server'

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

export interface DoorParts {
  readonly mountPath: string
  /** The issuer's. Every address that the library gives out starts with it, whatever the request says. */
  readonly origin: URL
  readonly logger: Logger
  readonly protocol: Handler
  readonly signIn: Handler
}

/** Decides what a request is for: the sign-in page or the protocol. Nothing passes under another host name. */
export const createEvaluationDoor = (door: DoorParts): EvaluationDoor => {
  const outside = discoveryOutside + door.mountPath

  const owns = (path: string): boolean =>
    path === door.mountPath || path.startsWith(`${door.mountPath}/`) || path === outside

  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    for (const [name, value] of Object.entries(isolationHeaders)) response.setHeader(name, value)
    if (isLoopbackHost(hostName(request.headers.host ?? ''))) {
      answer(request, response).catch((error: unknown) => fail(error, response))
    } else {
      misdirect(response)
    }
  }

  const answer = (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = pathInside(request.url ?? '/', door.mountPath)
    // Each sign-in starts afresh, so that another person can be picked without signing out first.
    forgetSession(request)
    pinOrigin(request, door.origin)
    if (path.startsWith('/interaction/')) return door.signIn(request, response)
    // What a web framework leaves behind when it mounts a handler; the library builds its addresses from it.
    Object.assign(request, { url: withScope(path), baseUrl: door.mountPath })
    return door.protocol(request, response)
  }

  const fail = (error: unknown, response: ServerResponse): void => {
    // The browser went away: nobody is left to tell, and nothing went wrong here.
    if (response.destroyed) return
    door.logger.error('evaluation_idp_failed', { problem: describeError(error) })
    if (response.headersSent) {
      response.destroy()
      return
    }
    response.writeHead(500, { 'Content-Type': 'application/json' })
    response.end('{"error":"server_error"}')
  }

  return { owns, handle }
}

/** The library's path: without the mount, and for RFC 8414's place of the discovery document the one it knows. */
const pathInside = (url: string, mountPath: string): string => {
  if (url.startsWith(discoveryOutside)) return discoveryOutside
  const rest = url.slice(mountPath.length)
  return rest.startsWith('/') ? rest : `/${rest}`
}

/** Behind a proxy or under another loopback name, the addresses stay those of the issuer. */
const pinOrigin = (request: IncomingMessage, origin: URL): void => {
  request.headers.host = origin.host
  request.headers['x-forwarded-proto'] = origin.protocol.slice(0, -1)
  delete request.headers['x-forwarded-host']
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
