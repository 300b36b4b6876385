import { isLoopbackHost } from '../../../domain/loopback.ts'

/**
 * A command-line or desktop client listens on a port that it learns only when it starts (RFC 8252, 7.3), and each has
 * a path of its own. Whatever leaves the machine is refused, so that no code can be sent to another host.
 */
export const isLoopbackRedirect = (uri: string): boolean => {
  const url = URL.parse(uri)
  return (
    url !== null &&
    url.protocol === 'http:' &&
    isLoopbackHost(url.hostname) &&
    url.username === '' &&
    url.password === '' &&
    !uri.includes('#')
  )
}
