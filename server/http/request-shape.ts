import type { IncomingMessage } from 'node:http'
import { limits } from '../../domain/limits.ts'
import type { ClientProblemCode } from './problem/client-problem.ts'

/**
 * What Node's parser lets pass and this product does not: two Host or Authorization headers (it would take the first,
 * a proxy perhaps the last), HTTP/0.9, a URL instead of a path, and more headers than anybody sends.
 */
export function shapeProblem(request: IncomingMessage): ClientProblemCode | undefined {
  const { url = '', rawHeaders } = request
  if (request.httpVersionMajor !== 1) return 'invalid_request'
  if (url.length > limits.request.urlCharacters) return 'uri_too_long'
  if (url.charCodeAt(0) !== SLASH) return 'invalid_request'
  if (rawHeaders.length > 2 * limits.request.headerCount) return 'headers_too_large'

  let hosts = 0
  let authorizations = 0
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? ''
    if (name.length === HOST.length && name.toLowerCase() === HOST) hosts += 1
    else if (name.length === AUTHORIZATION.length && name.toLowerCase() === AUTHORIZATION) authorizations += 1
  }
  return hosts === 1 && authorizations <= 1 ? undefined : 'invalid_request'
}

const SLASH = 0x2f
const HOST = 'host'
const AUTHORIZATION = 'authorization'

export const pathOf = (url: string): string => {
  const query = url.indexOf('?')
  return query === -1 ? url : url.slice(0, query)
}
