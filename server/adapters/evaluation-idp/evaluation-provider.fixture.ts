import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LogFields, Logger } from '../../ports/logger.ts'
import { createEvaluationProvider, type EvaluationProvider } from './create-evaluation-provider.ts'

export interface LoggedEvent {
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  readonly event: string
  readonly fields: LogFields
}

export const recordingLogger = (): Logger & { readonly events: LoggedEvent[] } => {
  const events: LoggedEvent[] = []
  const record =
    (level: LoggedEvent['level']) =>
    (event: string, fields: LogFields = {}): void => {
      events.push({ level, event, fields })
    }
  return {
    events,
    debug: record('debug'),
    info: record('info'),
    warn: record('warn'),
    error: record('error'),
  }
}

export const audience = 'hivewarden'
export const scope = 'toolhive:config:read'
export const clientId = 'toolhive'

export interface RunningProvider {
  readonly origin: string
  readonly issuer: string
  readonly port: number
  readonly dataDir: string
  readonly provider: EvaluationProvider
  readonly logger: ReturnType<typeof recordingLogger>
  stop(): Promise<void>
}

/** The provider behind a real listener. Without `dataDir` it gets one that goes with it. */
export const startProvider = async (
  options: { dataDir?: string; scope?: string; scheme?: 'http' | 'https' } = {},
): Promise<RunningProvider> => {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'hivewarden-idp-')))
  const logger = recordingLogger()
  let provider: EvaluationProvider | undefined
  const server = createServer((request, response) => {
    if (provider?.owns((request.url ?? '').split('?')[0] ?? '')) provider.handle(request, response)
    else response.writeHead(404).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const origin = `http://localhost:${port}`
  const issuer = `${options.scheme ?? 'http'}://localhost:${port}/idp`
  provider = await createEvaluationProvider(
    { issuer, resourceUrl: origin, audience, scope: options.scope ?? scope, clientId, dataDir },
    { clock: { now: () => Date.now() }, logger },
  )
  return {
    origin,
    issuer,
    port,
    dataDir,
    provider,
    logger,
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true })
    },
  }
}

/** As much of a browser as a sign-in needs: cookies, and redirects that the caller follows by hand. */
export class Browser {
  readonly #cookies = new Map<string, { value: string; path: string }>()

  async send(url: string, init: RequestInit = {}): Promise<Response> {
    const path = new URL(url).pathname
    const cookie = [...this.#cookies].filter(([, kept]) => path.startsWith(kept.path))
    const headers = new Headers(init.headers)
    headers.set('accept', headers.get('accept') ?? 'text/html')
    headers.set('cookie', cookie.map(([name, kept]) => `${name.split('@')[0]}=${kept.value}`).join('; '))
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) this.#keep(line)
    return response
  }

  async submit(
    url: string,
    fields: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return this.send(url, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { origin: new URL(url).origin, ...headers },
    })
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split('; ')
    const [name = '', value = ''] = pair.split('=')
    const path = attributes.find((one) => one.toLowerCase().startsWith('path='))?.slice(5) ?? '/'
    this.#cookies.set(`${name}@${path}`, { value, path })
  }
}

export interface Authorization {
  readonly verifier: string
  readonly redirectUri: string
  readonly url: string
}

export const authorization = (
  issuer: string,
  changes: Record<string, string | undefined> = {},
): Authorization => {
  const verifier = randomBytes(32).toString('base64url')
  const redirectUri = changes.redirect_uri ?? 'http://127.0.0.1:51234/callback'
  const parameters: Record<string, string | undefined> = {
    client_id: clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: `openid ${scope}`,
    state: 'state-1',
    nonce: 'nonce-1',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...changes,
  }
  const url = new URL(`${issuer}/auth`)
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.set(name, value)
  }
  return { verifier, redirectUri, url: url.href }
}

/** Opens the authorization and gives the address of the page on which a person is picked. */
export const openSignIn = async (browser: Browser, request: Authorization): Promise<string> => {
  const opened = await browser.send(request.url)
  return new URL(opened.headers.get('location') ?? '', request.url).href
}

/** Picks a person and gives the address to which the browser is sent at the end. */
export const pick = async (browser: Browser, page: string, person: string): Promise<URL> => {
  const submitted = await browser.submit(page, { person })
  const resumed = await browser.send(new URL(submitted.headers.get('location') ?? '', page).href)
  return new URL(resumed.headers.get('location') ?? 'about:blank')
}

export type Tokens = Record<string, unknown> & {
  access_token: string
  refresh_token: string
  id_token: string
}

export const redeem = async (issuer: string, parameters: Record<string, string>): Promise<Response> =>
  fetch(`${issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: clientId, ...parameters }),
  })

/** The whole way from the authorization request to tokens. */
export const signIn = async (
  running: RunningProvider,
  person: string,
  changes: Record<string, string | undefined> = {},
): Promise<Tokens> => {
  const browser = new Browser()
  const request = authorization(running.issuer, changes)
  const end = await pick(browser, await openSignIn(browser, request), person)
  const answer = await redeem(running.issuer, {
    grant_type: 'authorization_code',
    code: end.searchParams.get('code') ?? '',
    redirect_uri: request.redirectUri,
    code_verifier: request.verifier,
  })
  return (await answer.json()) as Tokens
}
