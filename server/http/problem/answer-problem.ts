import type { ServerResponse } from 'node:http'
import { type ClientProblemCode, clientProblems } from './client-problem.ts'

export interface ProblemDetail {
  /** In place of the code's own sentence. Never made of input. */
  readonly description?: string
  readonly requestId: string
  readonly headers?: readonly (readonly [name: string, value: string])[]
}

/** Headers of every answer that is data and not a page: no browser may render it, run it or frame it. */
export const dataHeaders: readonly string[] = [
  'X-Content-Type-Options',
  'nosniff',
  'Content-Security-Policy',
  "default-src 'none'; frame-ancestors 'none'; sandbox",
]

/** The one exit for refusals to clients: a flat map of strings, which any client can decode. */
export function answerProblem(
  response: ServerResponse,
  code: ClientProblemCode,
  detail: ProblemDetail,
): void {
  const [status, sentence] = clientProblems[code]
  const body = Buffer.from(
    JSON.stringify({
      error: code,
      error_description: detail.description ?? sentence,
      request_id: detail.requestId,
    }),
  )
  response.writeHead(status, [
    'Content-Type',
    'application/json; charset=utf-8',
    'Content-Length',
    String(body.byteLength),
    'Cache-Control',
    'no-store',
    ...dataHeaders,
    ...(detail.headers ?? []).flat(),
  ])
  response.end(response.req.method === 'HEAD' ? undefined : body)
}
