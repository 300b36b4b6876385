import type { IncomingMessage } from 'node:http'

/** What the pages may know of a request. Forwarded hosts and all else that a client can claim stays outside. */
const passed = ['accept', 'accept-language', 'content-type', 'cookie'] as const

interface FetchRequestInput {
  readonly request: IncomingMessage
  readonly publicOrigin: string
  readonly form: Buffer<ArrayBuffer> | undefined
  readonly signal: AbortSignal
}

/** The request as the pages see it: under the public origin, whatever the Host header said. */
export const fetchRequest = ({ request, publicOrigin, form, signal }: FetchRequestInput): Request => {
  const headers = new Headers({ host: new URL(publicOrigin).host })
  for (const name of passed) {
    const value = request.headers[name]
    if (value !== undefined) headers.set(name, value)
  }
  return new Request(`${publicOrigin}${request.url ?? '/'}`, {
    method: request.method ?? 'GET',
    headers,
    signal,
    ...(form !== undefined && { body: form }),
  })
}
