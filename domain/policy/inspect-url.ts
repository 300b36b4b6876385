import { limits } from '../limits.ts'
import { fail, ok, type Result } from '../result.ts'
import { isPrivateHost } from './private-host.ts'
import type { PolicyProblemCode } from './problem.ts'

export interface UrlFacts {
  readonly scheme: 'http' | 'https'
  /** Lower case, as a client would connect to it; an IPv6 address stands in brackets. */
  readonly host: string
  /** A literal address, or a name such as localhost, that no public network carries. */
  readonly privateHost: boolean
}

export interface UrlProblem {
  readonly code: PolicyProblemCode
  readonly message: string
}

const schemeOf = /^([A-Za-z][A-Za-z0-9+.-]*):(?!\d)/
// Stops a URL that parsers read differently: spaces, backslashes, control and non-ASCII characters, loose percents.
const rfc3986 = /^(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$/

/** Reads an absolute http or https URL as strictly as the strictest client does. */
export function inspectUrl(text: string): Result<UrlFacts, UrlProblem> {
  if (text.length > limits.url.characters) {
    return refuse('max_length', `Shorten the URL to at most ${limits.url.characters} characters.`)
  }
  const scheme = schemeOf.exec(text)?.[1]?.toLowerCase()
  if (scheme === undefined) {
    return refuse('url_absolute', 'Write the whole URL, starting with https://.')
  }
  if (scheme !== 'http' && scheme !== 'https') {
    return refuse('url_scheme', 'Use a URL that starts with https://.')
  }
  const authority = /^:\/\/([^/?#]*)/.exec(text.slice(scheme.length))?.[1]
  if (authority === undefined || authority === '') {
    return refuse('url_host', 'Add the host name after https://.')
  }
  // Stops a credential that every client could read, and hosts that hide behind an @.
  if (authority.includes('@')) {
    return refuse('url_userinfo', 'Remove the user name and password: every client can read this URL.')
  }
  if (text.includes('#')) {
    return refuse('url_fragment', 'Remove the part from # on: it never reaches the server.')
  }
  return inspectParsed(text, authority, scheme)
}

function inspectParsed(
  text: string,
  authority: string,
  scheme: 'http' | 'https',
): Result<UrlFacts, UrlProblem> {
  if (!rfc3986.test(text) || /[[\]]/.test(text.slice(scheme.length + 3 + authority.length))) {
    return refuse('url_syntax', 'Remove or percent-encode the characters that a URL cannot hold.')
  }
  if (!URL.canParse(text)) {
    return refuse('url_host', 'Correct the host name or port: no client could connect to this one.')
  }
  const host = new URL(text).hostname
  return ok({ scheme, host, privateHost: isPrivateHost(host) })
}

function refuse(code: PolicyProblemCode, message: string): Result<UrlFacts, UrlProblem> {
  return fail({ code, message })
}
