import { JWKS_MAX_AGE } from '../../../domain/signing-keys/key-lifecycle.ts'
import type { Exchange } from '../exchange.ts'
import { dataHeaders } from '../problem/answer-problem.ts'
import { matchesEntityTag } from './conditional-request.ts'

/** A document that anybody may read and any cache may keep for five minutes. */
export interface PublicDocument {
  readonly body: Buffer
  readonly headers: string[]
  readonly etag: string
}

export function publicDocument(value: unknown, digest: (text: string) => string): PublicDocument {
  const text = JSON.stringify(value)
  const body = Buffer.from(text)
  const etag = `"${digest(text).slice(0, 32)}"`
  return { body, etag, headers: [...cacheHeaders(etag), ...contentHeaders(body), ...dataHeaders] }
}

export function sendPublicDocument(exchange: Exchange, document: PublicDocument): void {
  if (matchesEntityTag(exchange.request.headers['if-none-match'], document.etag)) {
    exchange.send(304, cacheHeaders(document.etag))
  } else {
    exchange.send(200, document.headers, document.body)
  }
}

const cacheHeaders = (etag: string): string[] => [
  'ETag',
  etag,
  'Cache-Control',
  `public, max-age=${JWKS_MAX_AGE}`,
  'Access-Control-Allow-Origin',
  '*',
  'Access-Control-Expose-Headers',
  'ETag',
]

const contentHeaders = (body: Buffer): string[] => [
  'Content-Type',
  'application/json',
  'Content-Length',
  String(body.byteLength),
]
