import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { fail, ok, type Result } from '../../../domain/result.ts'
import type { FetchedDocument, FetchLimits, FetchProblem, LimitedFetch } from '../../ports/limited-fetch.ts'
import { allowedUrl } from './allowed-url.ts'
import { decodeBody } from './decode-body.ts'

type Fetched = Result<FetchedDocument, FetchProblem>

const tooLarge = (bytes: number) => fail<FetchProblem>({ reason: 'too_large', detail: `over ${bytes} bytes` })

const isRedirect = (status: number): boolean => status >= 300 && status < 400 && status !== 304

const open = (url: URL, accept: string, signal: AbortSignal): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const request = url.protocol === 'https:' ? requestHttps : requestHttp
    const headers = {
      accept,
      'accept-encoding': 'identity',
      connection: 'close',
      'user-agent': 'hivewarden',
    }
    request(url, { headers, signal }, resolve).on('error', reject).end()
  })

/** Counts while reading, so that a body without end or without Content-Length stops at the limit too. */
const readBody = async (answer: IncomingMessage, bytes: number): Promise<Result<Buffer, FetchProblem>> => {
  if (Number(answer.headers['content-length'] ?? 0) > bytes) return tooLarge(bytes)
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > bytes) return tooLarge(bytes)
    chunks.push(chunk)
  }
  return ok(Buffer.concat(chunks, length))
}

const readAnswer = async (answer: IncomingMessage, bytes: number): Promise<Fetched> => {
  const status = answer.statusCode ?? 0
  // A redirect can point anywhere, into the private network too.
  if (isRedirect(status)) return fail({ reason: 'redirected', detail: `status ${status}` })
  const raw = await readBody(answer, bytes)
  if (!raw.ok) return raw
  const decoded = await decodeBody(raw.value, answer.headers['content-encoding'], bytes)
  if (!decoded.ok) return decoded
  const header = (name: string): string | undefined => {
    const value = answer.headers[name]
    return Array.isArray(value) ? value[0] : value
  }
  return ok({ status, header, body: decoded.value })
}

const describeError = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown error'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}

export const limitedFetch: LimitedFetch = async (address: string, limits: FetchLimits): Promise<Fetched> => {
  const url = allowedUrl(address)
  if (!url.ok) return fail({ reason: 'url_refused', detail: url.problem })
  const deadline = AbortSignal.timeout(limits.timeout * 1000)
  const signal = limits.signal === undefined ? deadline : AbortSignal.any([deadline, limits.signal])
  let answer: IncomingMessage | undefined
  try {
    answer = await open(url.value, limits.accept ?? 'application/json', signal)
    return await readAnswer(answer, limits.bytes)
  } catch (error) {
    if (deadline.aborted) return fail({ reason: 'timed_out', detail: `after ${limits.timeout} seconds` })
    if (signal.aborted) return fail({ reason: 'stopped', detail: 'stopped by us' })
    return fail({ reason: 'unreachable', detail: describeError(error) })
  } finally {
    answer?.destroy()
  }
}
