import { fail, ok, type Result } from '../../../domain/result.ts'
import { allowedUrl } from '../../adapters/limited-fetch/allowed-url.ts'
import type { FetchProblem } from '../../ports/limited-fetch.ts'

export interface Request {
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly form?: Readonly<Record<string, string>>
  /** Largest body, counted after decoding. */
  readonly bytes: number
  /** Seconds for the whole exchange. */
  readonly timeout: number
}

export interface Answer {
  readonly status: number
  header(name: string): string | undefined
  readonly text: string
}

/** One request that may carry a token or a code. It follows no redirect, so that neither reaches another host. */
export type Send = (url: string, request: Request) => Promise<Result<Answer, FetchProblem>>

export const send: Send = async (address, request) => {
  const url = allowedUrl(address)
  if (!url.ok) return fail({ reason: 'url_refused', detail: url.problem })
  const signal = AbortSignal.timeout(request.timeout * 1000)
  try {
    const response = await fetch(url.value, {
      method: request.method ?? 'GET',
      headers: { ...request.headers },
      redirect: 'manual',
      signal,
      ...(request.form === undefined ? {} : { body: new URLSearchParams(request.form) }),
    })
    return await readAnswer(response, request.bytes)
  } catch (error) {
    if (signal.aborted) return fail({ reason: 'timed_out', detail: `after ${request.timeout} seconds` })
    return fail({ reason: 'unreachable', detail: errorCode(error) })
  }
}

const readAnswer = async (response: Response, bytes: number): Promise<Result<Answer, FetchProblem>> => {
  const { status, headers } = response
  if (status >= 300 && status < 400 && status !== 304) {
    await response.body?.cancel()
    return fail({ reason: 'redirected', detail: `status ${status}` })
  }
  const body = await readBody(response, bytes)
  if (body === undefined) return fail({ reason: 'too_large', detail: `over ${bytes} bytes` })
  const text = body.toString('utf8')
  return ok({ status, header: (name) => headers.get(name) ?? undefined, text })
}

/** Counts while reading, after decoding: stops a body without end, and a small one that unpacks to a huge one. */
const readBody = async (response: Response, bytes: number): Promise<Buffer | undefined> => {
  const reader = response.body?.getReader()
  if (reader === undefined) return Buffer.alloc(0)
  const chunks: Uint8Array[] = []
  let length = 0
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.length
    if (length > bytes) {
      await reader.cancel()
      return undefined
    }
    chunks.push(part.value)
  }
  return Buffer.concat(chunks, length)
}

const errorCode = (error: unknown): string => {
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'no answer'
}
