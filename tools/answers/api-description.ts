import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

export interface HeaderDescription {
  readonly schema?: { readonly const?: unknown }
}

export interface ResponseDescription {
  readonly headers: Readonly<Record<string, HeaderDescription>>
  /** Schema by media type; empty where the answer has no described body. */
  readonly content: Readonly<Record<string, { readonly schema: object }>>
}

export interface ApiDescription {
  readonly document: object
  /** Path → status → what the answer to GET is. */
  readonly responses: ReadonlyMap<string, ReadonlyMap<number, ResponseDescription>>
}

interface RawResponse {
  readonly $ref?: string
  readonly headers?: Readonly<Record<string, HeaderDescription>>
  readonly content?: Readonly<Record<string, { readonly schema: object }>>
}

interface RawDocument {
  readonly paths: Readonly<
    Record<string, { readonly get: { readonly responses: Record<string, RawResponse> } }>
  >
  readonly components: { readonly responses: Readonly<Record<string, RawResponse>> }
}

/** The contract with clients, as far as answers are concerned. */
export function readApiDescription(file: URL): ApiDescription {
  const document = parse(readFileSync(file, 'utf8')) as RawDocument
  const resolved = (response: RawResponse): ResponseDescription => {
    const { headers = {}, content = {} } =
      response.$ref === undefined
        ? response
        : (document.components.responses[response.$ref.split('/').at(-1) ?? ''] ?? response)
    return { headers, content }
  }
  const responses = new Map(
    Object.entries(document.paths).map(([path, { get }]) => [
      path,
      new Map(
        Object.entries(get.responses).map(([status, response]) => [Number(status), resolved(response)]),
      ),
    ]),
  )
  return { document, responses }
}
