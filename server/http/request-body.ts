import type { IncomingMessage } from 'node:http'
import { limits } from '../../domain/limits.ts'

export const hasBody = (request: IncomingMessage): boolean => {
  const length = request.headers['content-length']
  return request.headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0')
}

/** Reads a body that nobody wants, so that the connection can be used again. False when it is longer than that is worth. */
export function discardBody(request: IncomingMessage, done: (short: boolean) => void): void {
  const declared = Number(request.headers['content-length'] ?? 0)
  if (declared > limits.request.bodyBytes) return done(false)
  let received = 0
  const take = (chunk: Buffer): void => {
    received += chunk.byteLength
    if (received > limits.request.bodyBytes) finish(false)
  }
  const ended = (): void => finish(true)
  const finish = (short: boolean): void => {
    request.off('data', take)
    request.off('end', ended)
    done(short)
  }
  request.on('data', take)
  request.on('end', ended)
}
