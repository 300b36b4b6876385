import { fail, ok, type Result } from '../../../domain/result.ts'

const loopbackAddress = /^127(\.\d{1,3}){3}$/

/** True for hosts that cannot leave this machine. `hostname` is that of a parsed URL, so it is already normalised. */
export const isLoopbackHost = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || loopbackAddress.test(hostname)

/** https anywhere, http to loopback hosts only, and never a name and password inside the URL. */
export const allowedUrl = (text: string): Result<URL, string> => {
  const url = URL.parse(text)
  if (url === null) return fail('not an absolute URL')
  if (url.username !== '' || url.password !== '') return fail('carries credentials')
  if (url.protocol === 'https:') return ok(url)
  if (url.protocol !== 'http:') return fail('neither https nor http')
  return isLoopbackHost(url.hostname) ? ok(url) : fail('http outside loopback')
}
