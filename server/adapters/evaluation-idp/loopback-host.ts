const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]'])

const authority = /^(localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i

/** Stops DNS rebinding: a page of another site that resolves its own name to this machine sends that name here. */
export const isLoopbackHost = (host: string | undefined): boolean =>
  host !== undefined && authority.test(host)

/**
 * A command-line or desktop client listens on a port that it learns only when it starts (RFC 8252, 7.3), and each has
 * a path of its own. Whatever leaves the machine is refused, so that no code can be sent to another host.
 */
export const isLoopbackRedirect = (uri: string): boolean => {
  const url = URL.parse(uri)
  return (
    url !== null &&
    url.protocol === 'http:' &&
    loopbackNames.has(url.hostname) &&
    url.username === '' &&
    url.password === '' &&
    !uri.includes('#')
  )
}
