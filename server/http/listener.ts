import { randomUUID } from 'node:crypto'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { limits } from '../../domain/limits.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { ListenAddress } from '../config/setting-kinds.ts'
import type { Logger } from '../ports/logger.ts'
import type { ClientProblemCode } from './problem/client-problem.ts'
import { answerRawProblem } from './problem/raw-problem.ts'

export interface Listener {
  readonly port: number
  /** Takes no new connection, lets what is under way finish, then closes. Resolves when the last one is gone. */
  drain(): Promise<void>
}

interface ListenerDependencies {
  readonly address: ListenAddress
  readonly handle: RequestListener
  readonly logger: Logger
}

/** Every limit is set on purpose: Node's own would wait five minutes for a request. */
export async function openListener(dependencies: ListenerDependencies): Promise<Result<Listener, string>> {
  const { handle, logger, address } = dependencies
  let draining = false
  const server = createServer(
    {
      maxHeaderSize: limits.request.headerBytes,
      headersTimeout: limits.request.headersTimeout * 1000,
      requestTimeout: limits.request.timeout * 1000,
      keepAliveTimeout: limits.request.keepAliveTimeout * 1000,
      connectionsCheckingInterval: 1000,
      insecureHTTPParser: false,
      requireHostHeader: true,
      noDelay: true,
    },
    (request, response) => {
      if (draining) response.shouldKeepAlive = false
      handle(request, response)
    },
  )
  // Above what is allowed, so that too many are seen and refused rather than dropped unseen.
  server.maxHeadersCount = limits.request.headerCount * 2
  server.on('checkContinue', handle)
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => refuseUnparsed(error, socket, logger))

  const opened = await listen(server, address)
  if (!opened.ok) return opened
  return ok({
    port: opened.value,
    drain: () => {
      draining = true
      return close(server)
    },
  })
}

function listen(server: Server, { host, port }: ListenAddress): Promise<Result<number, string>> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(fail(listenProblem(error, host, port))))
    server.listen({ host, port, backlog: 1024 }, () => {
      server.removeAllListeners('error')
      server.on('error', () => undefined)
      resolve(ok((server.address() as AddressInfo).port))
    })
  })
}

function listenProblem(error: NodeJS.ErrnoException, host: string, port: number): string {
  const where = `${host}:${port}`
  if (error.code === 'EADDRINUSE')
    return `Another process already listens on ${where}. Stop it, or choose another port.`
  if (error.code === 'EACCES') return `This user may not listen on ${where}. Choose a port above 1023.`
  return `Listening on ${where} failed (${error.code ?? error.message}).`
}

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), limits.drain.seconds * 1000)
    server.close(() => {
      clearTimeout(force)
      resolve()
    })
    server.closeIdleConnections()
  })

/** The parser gave up. Whatever it was, it gets a short answer in the form of all others and a closed connection. */
function refuseUnparsed(error: NodeJS.ErrnoException, socket: Duplex, logger: Logger): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const requestId = randomUUID()
  logger.debug('request_unreadable', { request_id: requestId, code: error.code })
  answerRawProblem(socket, parserProblem(error.code), requestId)
}

function parserProblem(code: string | undefined): ClientProblemCode {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return 'headers_too_large'
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return 'request_timeout'
    default:
      return 'invalid_request'
  }
}
