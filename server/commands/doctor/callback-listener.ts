import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

const path = '/callback'
const style =
  ':root{color-scheme:light dark}body{font:16px/24px system-ui,sans-serif;max-width:40rem;margin:4rem auto;padding:0 1rem}'
const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  'img-src data:',
  "frame-ancestors 'none'",
  "form-action 'none'",
  "base-uri 'none'",
].join('; ')

export interface CallbackListener {
  readonly redirectUri: string
  /** The query with which the browser came back. */
  readonly arrival: Promise<URLSearchParams>
  close(): void
}

/**
 * Waits on this machine for the browser to come back with `state`. Whatever else calls is turned away and changes
 * nothing: stops another page or program from ending the sign-in, or from slipping in a code of its own.
 */
export const listenForCallback = async (state: string, port: number): Promise<CallbackListener> => {
  const arrival = Promise.withResolvers<URLSearchParams>()
  const server = createServer((request, response) => {
    const query = readQuery(request, redirectUri)
    if (query === undefined || query.get('state') !== state) {
      reply(
        response,
        404,
        'Nothing is here',
        'This address waits for a sign-in that was started from a terminal.',
      )
      return
    }
    if (query.has('error')) reply(response, 200, 'Not signed in', 'Go back to the terminal: it says why.')
    else reply(response, 200, 'Signed in', 'Close this page and go back to the terminal.')
    arrival.resolve(query)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address() as AddressInfo
  const redirectUri = `http://127.0.0.1:${address.port}${path}`
  return {
    redirectUri,
    arrival: arrival.promise,
    close: () => {
      server.close()
      server.closeIdleConnections()
    },
  }
}

const readQuery = (request: IncomingMessage, redirectUri: string): URLSearchParams | undefined => {
  const url = URL.parse(request.url ?? '', redirectUri)
  const expected = new URL(redirectUri)
  const ours = request.method === 'GET' && request.headers.host === expected.host && url?.pathname === path
  return ours ? url.searchParams : undefined
}

const reply = (response: ServerResponse, status: number, title: string, text: string): void => {
  response.writeHead(status, {
    'Cache-Control': 'no-store',
    Connection: 'close',
    'Content-Security-Policy': contentSecurityPolicy,
    'Content-Type': 'text/html; charset=utf-8',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  })
  response.end(
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
      `<link rel="icon" href="data:,"><title>${title}</title><style>${style}</style>` +
      `<h1>${title}</h1><p>${text}</p></html>`,
  )
}
