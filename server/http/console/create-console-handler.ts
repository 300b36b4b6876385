import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ServerBuild } from '@remix-run/node'
import type { ManagerState } from '../../../domain/manager-state.ts'
import type { Logger } from '../../ports/logger.ts'
import { checkDoor } from './door-check.ts'
import type { Pages } from './load-pages.ts'
import type { Refusal } from './refusal.ts'
import { sendRefusal, type Visit } from './send-answer.ts'
import { showPage } from './show-page.ts'
import { sendStaticFile } from './static-files.ts'

export interface ConsoleDependencies {
  readonly managerState: () => ManagerState | Promise<ManagerState>
  /** The id of this request; called once per request. */
  readonly requestId: () => string
  /** Scheme, host and port under which browsers reach the console. The Host header is never asked. */
  readonly publicOrigin: string
  readonly logger: Logger
  /** Loads the built pages; called on the first request that needs one. */
  readonly loadBuild: () => Promise<ServerBuild>
  /** The folder with the built files for the browser. */
  readonly clientDirectory: string
}

export type ConsoleHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

const words = (failure: unknown): string =>
  failure instanceof Error ? (failure.stack ?? failure.message) : String(failure)

const notBuilt = (failure: unknown): boolean =>
  failure instanceof Error &&
  'code' in failure &&
  (failure.code === 'ERR_MODULE_NOT_FOUND' || failure.code === 'ENOENT')

/** Loads the pages when first asked. A failure is not remembered: the next request tries again. */
const createPages = (dependencies: ConsoleDependencies): (() => Promise<Pages>) => {
  let loading: Promise<Pages> | undefined
  return async () => {
    loading ??= import('./load-pages.ts').then(({ loadPages }) => loadPages(dependencies))
    try {
      return await loading
    } catch (failure) {
      loading = undefined
      throw failure
    }
  }
}

const knock = (
  { method = '', url = '', headers }: IncomingMessage,
  publicOrigin: string,
): Refusal | undefined => {
  const fetchSite = headers['sec-fetch-site']?.toString()
  return checkDoor({ method, target: url, fetchSite, origin: headers.origin }, publicOrigin)
}

/**
 * The console behind one function of a request: door check, files of the browser, then the pages. Neither pages nor
 * their library are loaded before somebody asks for them.
 */
export const createConsoleHandler = (dependencies: ConsoleDependencies): ConsoleHandler => {
  const { logger, publicOrigin, managerState } = dependencies
  const pages = createPages(dependencies)

  const answer = async (visit: Visit, report: (failure: unknown) => void): Promise<Refusal | undefined> => {
    const { request, response } = visit
    const refusal = knock(request, publicOrigin)
    if (refusal !== undefined) return refusal
    const { handle, files } = await pages()
    const file = request.method === 'POST' ? undefined : files.get(request.url?.split('?', 1)[0] ?? '')
    if (file === undefined) return showPage(visit, handle, { managerState, publicOrigin, report })
    await sendStaticFile(file, request.headers['accept-encoding']?.toString(), response)
    return undefined
  }

  return async (request, response) => {
    const requestId = dependencies.requestId()
    const visit = { request, response, requestId }
    const report = (failure: unknown) =>
      logger.error('console_failed', { request_id: requestId, problem: words(failure) })
    try {
      const refusal = await answer(visit, report)
      if (refusal === undefined) return
      logger.info('console_refused', { request_id: requestId, reason: refusal })
      sendRefusal(visit, refusal)
    } catch (failure) {
      // A person who left needs no answer, and their leaving is no failure.
      if (response.destroyed) return
      report(failure)
      sendRefusal(visit, notBuilt(failure) ? 'not_built' : 'failed')
    }
  }
}
