import type { Duplex } from 'node:stream'
import { dataHeaders } from './answer-problem.ts'
import { type ClientProblemCode, clientProblems } from './client-problem.ts'

/** Answers on a bare connection, where the parser gave up before there was a request to answer. */
export function answerRawProblem(socket: Duplex, code: ClientProblemCode, requestId: string): void {
  const [status, sentence] = clientProblems[code]
  const body = JSON.stringify({ error: code, error_description: sentence, request_id: requestId })
  socket.end(
    `HTTP/1.1 ${status} ${reasonPhrase(status)}\r\nContent-Type: application/json; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nCache-Control: no-store\r\n${dataHeaderLines}` +
      `Connection: close\r\n\r\n${body}`,
  )
}

const dataHeaderLines = dataHeaders
  .map((text, index) => (index % 2 === 0 ? `${text}: ` : `${text}\r\n`))
  .join('')

const reasonPhrase = (status: number): string =>
  status === 408 ? 'Request Timeout' : status === 431 ? 'Request Header Fields Too Large' : 'Bad Request'
