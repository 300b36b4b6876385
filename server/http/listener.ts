import { randomUUID } from 'node:crypto'
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { limits } from '../../domain/limits.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { ListenAddress } from '../config/setting-kinds.ts'
import type { Logger } from '../ports/logger.ts'
import { type DrainPatience, drainServer } from './drain-server.ts'
import { answerProblem } from './problem/answer-problem.ts'
import type { ClientProblemCode } from './problem/client-problem.ts'
import { answerRawProblem } from './problem/raw-problem.ts'

export interface Listener {
  readonly port: number
  /** Takes no new connection, lets what is under way finish, then closes. Resolves when the last one is gone. */
  drain(): Promise<void>
}

/** How long a listener waits for the other side, in milliseconds. */
export interface ListenerPatience extends DrainPatience {
  /** For the whole head of a request. */
  readonly headers: number
  /** For the whole request. */
  readonly request: number
  /** For the next request on a connection. */
  readonly keepAlive: number
  /** How often it looks who is late. */
  readonly look: number
}

const ownPatience: ListenerPatience = {
  headers: limits.request.headersTimeout * 1000,
  request: limits.request.timeout * 1000,
  keepAlive: limits.request.keepAliveTimeout * 1000,
  look: 1000,
  farewell: 1000,
  drain: limits.drain.seconds * 1000,
}

interface ListenerDependencies {
  readonly address: ListenAddress
  readonly handle: RequestListener
  readonly logger: Logger
  readonly patience?: Partial<ListenerPatience>
}

/** Every limit is set on purpose: Node's own would wait five minutes for a request. */
export async function openListener(dependencies: ListenerDependencies): Promise<Result<Listener, string>> {
  const { handle, logger, address } = dependencies
  const patience = { ...ownPatience, ...dependencies.patience }
  let draining = false
  const server = createServer(
    {
      maxHeaderSize: limits.request.headerBytes,
      headersTimeout: patience.headers,
      requestTimeout: patience.request,
      keepAliveTimeout: patience.keepAlive,
      connectionsCheckingInterval: patience.look,
      insecureHTTPParser: false,
      // It is required, but Node would refuse in a form of its own.
      requireHostHeader: false,
      noDelay: true,
    },
    (request, response) => take(request, response),
  )
  const latest = new WeakMap<Duplex, ServerResponse>()
  const take: RequestListener = (request, response) => {
    if (draining) response.shouldKeepAlive = false
    latest.set(request.socket, response)
    handle(request, response)
  }
  // Above what is allowed, so that too many are seen and refused rather than dropped unseen.
  server.maxHeadersCount = limits.request.headerCount * 2
  server.on('checkContinue', take)
  server.on('checkExpectation', refuseExpectation)
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (isHalfAnswered(latest.get(socket))) socket.destroy()
    else refuseUnparsed(error, socket, logger)
  })

  const connections = watchConnections(server)
  const opened = await listen(server, address)
  if (!opened.ok) return opened
  return ok({
    port: opened.value,
    drain: () => {
      draining = true
      return drainServer(server, connections, patience)
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

/** The connections that are open now. */
function watchConnections(server: Server): ReadonlySet<Socket> {
  const open = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
  })
  return open
}

/** Whatever else is written into an answer under way would be taken for a part of it. */
const isHalfAnswered = (response: ServerResponse | undefined): boolean =>
  response?.headersSent === true && !response.writableEnded

/** `Expect` with anything but 100-continue. */
function refuseExpectation(_request: IncomingMessage, response: ServerResponse): void {
  response.shouldKeepAlive = false
  answerProblem(response, 'expectation_failed', { requestId: randomUUID() })
}

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
