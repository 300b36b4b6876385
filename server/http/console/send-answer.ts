import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Refusal, refusalAnswer } from './refusal.ts'
import { inertHeaders, pageHeaders } from './security-headers.ts'

/** One request at the console, from its arrival to its answer. */
export interface Visit {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly requestId: string
}

export const sendRefusal = ({ request, response, requestId }: Visit, refusal: Refusal): void => {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const { status, text, headers } = refusalAnswer(refusal)
  const body = Buffer.from(`${text}\nRequest ${requestId}\n`)
  response.writeHead(status, {
    ...inertHeaders('no-store'),
    ...headers,
    'content-type': 'text/plain; charset=utf-8',
    'content-length': body.length,
    // What remains of a refused body is not read.
    ...(!request.complete && { connection: 'close' }),
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

/** All that a page may say about itself; the rest of the headers is decided here. */
const pagesOwn = ['content-type', 'location', 'x-remix-response'] as const

export const sendPage = async (
  { request, response }: Visit,
  page: Response,
  nonce: string,
): Promise<void> => {
  const body = Buffer.from(await page.arrayBuffer())
  const withoutBody = page.status === 204 || page.status === 304
  for (const name of pagesOwn) {
    const value = page.headers.get(name)
    if (value !== null) response.setHeader(name, value)
  }
  const cookies = page.headers.getSetCookie()
  if (cookies.length > 0) response.setHeader('set-cookie', cookies)
  response.writeHead(page.status, {
    ...pageHeaders(nonce),
    // A page that takes no form still tells how it may be asked for.
    ...(page.status === 405 && { allow: 'GET, HEAD' }),
    ...(!withoutBody && { 'content-length': body.length }),
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}
