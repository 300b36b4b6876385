import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerProblem } from './problem/answer-problem.ts'

/** The moment between the open listener and the built manager. */
export function answerStartingUp(_request: IncomingMessage, response: ServerResponse): void {
  answerProblem(response, 'temporarily_unavailable', {
    requestId: randomUUID(),
    headers: [['Retry-After', '1']],
  })
}
