/** Every way in which the manager refuses a client. The code is stable; the sentence is for a person. */
export const clientProblems = {
  invalid_request: [400, 'The request is not well formed.'],
  unauthorized: [401, 'This address needs an access token.'],
  invalid_token: [401, 'The access token is not valid for this manager. Sign in again.'],
  insufficient_scope: [401, 'The access token lacks the scope that this manager requires.'],
  not_found: [404, 'There is nothing at this address.'],
  method_not_allowed: [405, 'This address does not answer to that method.'],
  request_timeout: [408, 'The request took too long to arrive.'],
  content_too_large: [413, 'The body is larger than this address accepts.'],
  uri_too_long: [414, 'The address is too long.'],
  expectation_failed: [417, 'That expectation cannot be met.'],
  misdirected_request: [421, 'This manager does not answer for that host name.'],
  headers_too_large: [431, 'The headers are larger than this manager accepts.'],
  internal_error: [500, 'Something went wrong here. The request id finds it in the log.'],
  signing_not_configured: [503, 'This manager has no signing key yet.'],
  temporarily_unavailable: [503, 'This cannot be answered just now. Try again later.'],
} as const satisfies Readonly<Record<string, readonly [status: number, sentence: string]>>

export type ClientProblemCode = keyof typeof clientProblems
