import { randomUUID } from 'node:crypto'
import type { RequestListener } from 'node:http'
import type { Door } from './dispatch.ts'
import { answerProblem } from './problem/answer-problem.ts'
import { shapeProblem } from './request-shape.ts'

/** The listener that serves the console and nothing else. */
export const createConsoleDispatch =
  (door: Door): RequestListener =>
  (request, response) => {
    const malformed = shapeProblem(request)
    if (malformed !== undefined) {
      response.shouldKeepAlive = false
      return answerProblem(response, malformed, { requestId: randomUUID() })
    }
    return void Promise.resolve(door.handle(request, response)).catch(() => response.destroy())
  }
