import { JWKS_MAX_AGE } from '../../../domain/signing-keys/key-lifecycle.ts'
import type { Exchange } from '../exchange.ts'
import { dataHeaders } from '../problem/answer-problem.ts'
import { matchesEntityTag } from './conditional-request.ts'

/** A document that anybody may read and any cache may keep for five minutes. */
export interface PublicDocument {
  readonly body: Buffer
  readonly headers: string[]
}

/** One that can be asked for again, and is sent only when it has changed. */
export interface TaggedDocument extends PublicDocument {
  readonly etag: string
}

export function publicDocument(value: unknown): PublicDocument {
  const body = Buffer.from(JSON.stringify(value))
  return { body, headers: [...cacheHeaders, ...contentHeaders(body), ...dataHeaders] }
}

export function taggedDocument(value: unknown, digest: (text: string) => string): TaggedDocument {
  const { body, headers } = publicDocument(value)
  const etag = `"${digest(body.toString()).slice(0, 32)}"`
  return { body, etag, headers: [...tagHeaders(etag), ...headers] }
}

export const sendPublicDocument = (exchange: Exchange, document: PublicDocument): void =>
  exchange.send(200, document.headers, document.body)

export function sendTaggedDocument(exchange: Exchange, document: TaggedDocument): void {
  if (matchesEntityTag(exchange.request.headers['if-none-match'], document.etag)) {
    exchange.send(304, [...tagHeaders(document.etag), ...cacheHeaders])
  } else {
    sendPublicDocument(exchange, document)
  }
}

const tagHeaders = (etag: string): string[] => ['ETag', etag, 'Access-Control-Expose-Headers', 'ETag']

const cacheHeaders: readonly string[] = [
  'Cache-Control',
  `public, max-age=${JWKS_MAX_AGE}`,
  'Access-Control-Allow-Origin',
  '*',
]

const contentHeaders = (body: Buffer): string[] => [
  'Content-Type',
  'application/json',
  'Content-Length',
  String(body.byteLength),
]
