import type { IncomingMessage, ServerResponse } from 'node:http'
import { Exchange, type RequestCounts } from './exchange.ts'
import type { ManagerRoute, ManagerRoutes } from './manager/manager-routes.ts'
import { answerUnsupportedMethod } from './manager/unsupported-method.ts'
import type { RefusalLog } from './refusal-log.ts'
import { discardBody, hasBody } from './request-body.ts'
import { pathOf, shapeProblem } from './request-shape.ts'

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>

/** A part of the product behind a path prefix, such as the console. */
export interface Door {
  /** The name under which it is counted. */
  readonly name: string
  opensFor(path: string): boolean
  readonly handle: RequestHandler
}

interface DispatchDependencies {
  readonly routes: ManagerRoutes
  readonly doors: readonly Door[]
  /** Whether this host name may be asked for at all. */
  answersFor(host: string): boolean
  readonly counts: RequestCounts
  readonly refusals: RefusalLog
}

/** One listener: exact manager paths first, then the doors in their order, and nothing else. */
export function createDispatch({ routes, doors, answersFor, counts, refusals }: DispatchDependencies) {
  const dispatch = (request: IncomingMessage, response: ServerResponse): void => {
    const url = request.url ?? ''
    const path = pathOf(url)
    const route = routes.get(path)
    const exchange = new Exchange(request, response, route?.name ?? 'other', counts)

    const malformed = shapeProblem(request)
    if (malformed !== undefined) return refuseAndClose(exchange, malformed)
    if (!answersFor(request.headers.host ?? '')) return exchange.refuse('misdirected_request')
    if (route !== undefined) return serve(exchange, route)
    const door = doors.find((candidate) => candidate.opensFor(path))
    if (door === undefined || path.startsWith('//')) return exchange.refuse('not_found')
    return enter(door, request, response)
  }

  const serve = (exchange: Exchange, route: ManagerRoute): void => {
    const { request, response } = exchange
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      if (hasBody(request)) response.shouldKeepAlive = false
      return answerUnsupportedMethod(exchange, route)
    }
    if (!hasBody(request)) return route.handle(exchange)
    if (request.headers.expect !== undefined) {
      // Whoever asks before it sends is told what it wants to know, and its body is never read.
      response.shouldKeepAlive = false
      return route.handle(exchange)
    }
    return discardBody(request, (short) => {
      if (short) route.handle(exchange)
      else refuseAndClose(exchange, 'content_too_large')
    })
  }

  const enter = (door: Door, request: IncomingMessage, response: ServerResponse): void => {
    response.on('finish', () => counts.requests.add([door.name, String(response.statusCode)]))
    // Only here is a body ever wanted from whoever asks before it sends.
    if (request.headers.expect !== undefined) response.writeContinue()
    Promise.resolve()
      .then(() => door.handle(request, response))
      .catch((error: unknown) => {
        const exchange = new Exchange(request, response, door.name, counts)
        refusals.bug(exchange, error)
        if (response.headersSent) response.destroy()
        else exchange.refuse('internal_error')
      })
  }

  const refuseAndClose = (exchange: Exchange, code: Parameters<Exchange['refuse']>[0]): void => {
    exchange.response.shouldKeepAlive = false
    refusals.note(exchange, code, 'malformed request')
    exchange.refuse(code)
  }

  return dispatch
}
