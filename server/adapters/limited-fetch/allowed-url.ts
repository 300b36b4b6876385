import { isLoopbackHost } from '../../../domain/loopback.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'

/** https anywhere, http to loopback hosts only, and never a name and password inside the URL. */
export const allowedUrl = (text: string): Result<URL, string> => {
  const url = URL.parse(text)
  if (url === null) return fail('not an absolute URL')
  if (url.username !== '' || url.password !== '') return fail('carries credentials')
  if (url.protocol === 'https:') return ok(url)
  if (url.protocol !== 'http:') return fail('neither https nor http')
  return isLoopbackHost(url.hostname) ? ok(url) : fail('http outside loopback')
}
