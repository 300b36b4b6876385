import { type IncomingHttpHeaders, type IncomingMessage, request as requestHttp } from 'node:http'
import { recordAnswer } from './record-answer.ts'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  /** The body as JSON; throws where it is none. */
  json(): Record<string, unknown>
}

export interface RequestOptions {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
  readonly body?: string | Buffer
  readonly signal?: AbortSignal
  readonly prefix?: string
}

/** One request on a connection of its own, as a decent client sends it. */
export async function request(port: number, path: string, options: RequestOptions = {}): Promise<Answer> {
  const { method = 'GET', headers = {}, body, signal } = options
  const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
    requestHttp({
      host: '127.0.0.1',
      port,
      path,
      method,
      headers: headers as Record<string, string | string[]>,
      agent: false,
      ...(signal === undefined ? {} : { signal }),
    })
      .on('response', resolve)
      .on('error', reject)
      .end(body)
  })
  const chunks: Buffer[] = []
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk)
  const answer = {
    status: incoming.statusCode ?? 0,
    headers: plainHeaders(incoming.headers),
    text: Buffer.concat(chunks).toString('utf8'),
  }
  recordAnswer(
    { method, path, status: answer.status, headers: answer.headers, body: answer.text },
    options.prefix,
  )
  return { ...answer, json: () => JSON.parse(answer.text) }
}

const plainHeaders = (headers: IncomingHttpHeaders): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  )
