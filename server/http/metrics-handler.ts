import { randomUUID } from 'node:crypto'
import type { RequestListener } from 'node:http'
import { answerProblem } from './problem/answer-problem.ts'
import { pathOf } from './request-shape.ts'

/** `/metrics` in the Prometheus text format, on a listener of its own that is not for the public. */
export const createMetricsHandler =
  (metrics: { render(): string }): RequestListener =>
  (request, response) => {
    const requestId = randomUUID()
    if (pathOf(request.url ?? '') !== '/metrics') return answerProblem(response, 'not_found', { requestId })
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return answerProblem(response, 'method_not_allowed', { requestId, headers: [['Allow', 'GET, HEAD']] })
    }
    const body = Buffer.from(metrics.render())
    response.writeHead(200, {
      'Content-Type': 'text/plain; version=0.0.4; charset=utf-8',
      'Content-Length': body.byteLength,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    })
    response.end(request.method === 'HEAD' ? undefined : body)
    return undefined
  }
