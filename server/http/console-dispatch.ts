import { randomUUID } from 'node:crypto'
import type { RequestListener } from 'node:http'
import type { Door } from './dispatch.ts'
import { answerProblem } from './problem/answer-problem.ts'
import { shapeProblem } from './request-shape.ts'

/**
 * The listener that serves the console and nothing else.
 * @param answersFor whether this Host header may be asked for: stops a page of the internet that rebound its own name
 */
export const createConsoleDispatch =
  (door: Door, answersFor: (host: string) => boolean): RequestListener =>
  (request, response) => {
    const malformed =
      shapeProblem(request) ?? (answersFor(request.headers.host ?? '') ? undefined : 'misdirected_request')
    if (malformed !== undefined) {
      response.shouldKeepAlive = false
      return answerProblem(response, malformed, { requestId: randomUUID() })
    }
    return void Promise.resolve(door.handle(request, response)).catch(() => response.destroy())
  }
