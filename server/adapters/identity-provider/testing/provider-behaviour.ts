import type { ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'

/** What the fake provider does instead of answering. `refuse` is not here: then nobody listens at all. */
export type ProviderBehaviour =
  | 'normal'
  | 'refuse'
  | 'error_500'
  | 'hang'
  | 'drip'
  | 'html'
  | 'not_json'
  | 'empty_set'
  | 'endless'
  | 'redirect'
  | 'gzip_bomb'
  | 'reset'

const bomb = (): Buffer => gzipSync(Buffer.alloc(30 * 1024 * 1024))
const chunk = Buffer.alloc(64 * 1024, 0x20)

/** Chunked, without a Content-Length, for as long as the other side reads, at most 200 MB. */
const sendEndless = (answer: ServerResponse): void => {
  let left = (200 * 1024 * 1024) / chunk.length
  const more = (): void => {
    while (left > 0 && !answer.destroyed) {
      left -= 1
      if (!answer.write(chunk)) {
        answer.once('drain', more)
        return
      }
    }
    answer.end()
  }
  more()
}

const drip = (answer: ServerResponse): void => {
  const timer = setInterval(() => answer.write(' '), 20)
  answer.on('close', () => clearInterval(timer))
}

const json = { 'content-type': 'application/json' }

/** Answers as `behaviour` says; false when it is one that answers with the document. */
export const misbehave = (behaviour: ProviderBehaviour, answer: ServerResponse): boolean => {
  switch (behaviour) {
    case 'normal':
    case 'refuse':
      return false
    case 'error_500':
      answer.writeHead(500, json).end('{"error":"broken"}')
      return true
    case 'hang':
      return true
    case 'drip':
      answer.writeHead(200, json)
      drip(answer)
      return true
    case 'html':
      answer
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<!doctype html><title>Sign in to this network</title>')
      return true
    case 'not_json':
      answer.writeHead(200, json).end('{"keys":[')
      return true
    case 'empty_set':
      answer.writeHead(200, json).end('{"keys":[]}')
      return true
    case 'endless':
      answer.writeHead(200, json)
      sendEndless(answer)
      return true
    case 'redirect':
      answer.writeHead(302, { location: '/jwks' }).end()
      return true
    case 'gzip_bomb':
      answer.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(bomb())
      return true
    case 'reset':
      answer.destroy()
      return true
  }
}
