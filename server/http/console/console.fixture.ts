import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { ActionFunctionArgs, AppLoadContext, LoaderFunctionArgs, ServerBuild } from '@remix-run/node'
import { limits } from '../../../domain/limits.ts'
import type { ManagerState } from '../../../domain/manager-state.ts'
import type { LogFields, Logger } from '../../ports/logger.ts'
import { createConsoleHandler } from './create-console-handler.ts'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

interface Question {
  readonly method?: string | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly body?: string | undefined
  readonly chunked?: boolean
}

interface LogLine {
  readonly event: string
  readonly fields: LogFields
}

const publicOrigin = 'https://config.example.com'

const state: ManagerState = {
  version: '1.2.3',
  now: 1_700_000_000,
  resourceUrl: publicOrigin,
  bootstrapUrl: `${publicOrigin}/.well-known/toolhive-configuration`,
  evaluation: false,
  fileGoverned: true,
  policy: { source: 'a file', loadedAt: 1_700_000_000, directives: [], warnings: [] },
  signingKey: { kind: 'missing', problem: 'No key.' },
}

const routes = (countAction: () => void): ServerBuild['routes'] => {
  const look = ({ context }: LoaderFunctionArgs) => context.managerState()
  const route = (id: string, path: string, module: object): ServerBuild['routes'][string] => ({
    id,
    path,
    parentId: 'root',
    module: { default: () => null, ...module },
  })
  return {
    root: { id: 'root', path: '', module: { default: () => null, loader: look } },
    'routes/index': { ...route('routes/index', '', { loader: look }), index: true },
    'routes/failing': route('routes/failing', 'failing', {
      loader: () => {
        throw new Error('this loader fails')
      },
    }),
    'routes/form': route('routes/form', 'form', {
      action: async ({ request: sent }: ActionFunctionArgs) => {
        countAction()
        const headers = new Headers({ location: '/' })
        headers.append('set-cookie', `seen=${sent.headers.get('cookie')}`)
        headers.append('set-cookie', `form=${await sent.text()}`)
        return new Response(null, { status: 302, headers })
      },
    }),
  }
}

/** The least that counts as built pages: each answers with what it was given. */
const createBuild = (countAction: () => void, signals: AbortSignal[]): ServerBuild => ({
  mode: 'production',
  entry: {
    module: {
      default: (
        seen: Request,
        status: number,
        headers: Headers,
        _entry: unknown,
        context: AppLoadContext,
      ) => {
        signals.push(seen.signal)
        headers.set('content-type', 'text/html; charset=utf-8')
        const { nonce, requestId } = context
        const echo = { url: seen.url, headers: [...seen.headers.keys()], nonce, requestId }
        return new Response(JSON.stringify(echo), { status, headers })
      },
      handleError: (failure, { context }) => context.report(failure),
    },
  },
  routes: routes(countAction),
  assets: { entry: { imports: [], module: '' }, routes: {}, url: '', version: '' },
  publicPath: '/',
  assetsBuildDirectory: 'build/client',
  future: {
    v3_fetcherPersist: true,
    v3_lazyRouteDiscovery: true,
    v3_relativeSplatPath: true,
    v3_singleFetch: true,
    v3_throwAbortReason: true,
  },
  isSpaMode: false,
})

const recorder = (lines: LogLine[]): Logger => {
  const record = (event: string, fields: LogFields = {}) => {
    lines.push({ event, fields })
  }
  return { debug: record, info: record, warn: record, error: record }
}

const ask = (
  port: number,
  path: string,
  { method = 'GET', headers, body, chunked }: Question,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const length = body !== undefined && chunked !== true && { 'content-length': String(body.length) }
    const sent = request({
      host: '127.0.0.1',
      port,
      path,
      method,
      headers: { ...headers, ...length },
      agent: false,
    })
    sent.on('response', async (response) => {
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: await text(response) })
    })
    sent.on('error', reject)
    sent.end(body)
  })

export type TestConsole = Awaited<ReturnType<typeof openConsole>>

/** A console on a port of its own, over pages made for the test. `failures` is how often they cannot be loaded. */
export const openConsole = async ({ failures = 0 } = {}) => {
  const counts = { actions: 0, pictures: 0, loads: 0, requests: 0 }
  const logged: LogLine[] = []
  const folder = mkdtempSync(join(tmpdir(), 'console-'))
  writeFileSync(join(folder, 'favicon.svg'), '<svg/>')
  const signals: AbortSignal[] = []
  const build = createBuild(() => {
    counts.actions += 1
  }, signals)
  const handler = createConsoleHandler({
    managerState: () => {
      counts.pictures += 1
      return state
    },
    requestId: () => {
      counts.requests += 1
      return `request-${counts.requests}`
    },
    publicOrigin,
    logger: recorder(logged),
    loadBuild: async () => {
      counts.loads += 1
      if (counts.loads > failures) return build
      throw Object.assign(new Error('Cannot find module'), { code: 'ERR_MODULE_NOT_FOUND' })
    },
    clientDirectory: folder,
  })
  const server = createServer((incoming, response) => void handler(incoming, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    publicOrigin,
    logged,
    /** What each page was given to learn that its answer is out. */
    signals,
    mostBytes: limits.request.bodyBytes,
    actions: () => counts.actions,
    pictures: () => counts.pictures,
    loads: () => counts.loads,
    ask: (path: string, question: Question = {}) => ask(port, path, question),
    close: async () => {
      await new Promise((resolve) => server.close(resolve))
      rmSync(folder, { recursive: true })
    },
  }
}
