import type { Result } from '../../domain/result.ts'

export interface FetchLimits {
  /** Largest body, counted as it arrives and once more after decoding. */
  readonly bytes: number
  /** Seconds for the whole exchange, name look-up and last byte included. */
  readonly timeout: number
  readonly accept?: string
  readonly signal?: AbortSignal
}

export interface FetchedDocument {
  readonly status: number
  /** First value of a header of the answer; the name in lower case. */
  header(name: string): string | undefined
  readonly body: Uint8Array
}

export type FetchReason =
  | 'url_refused'
  | 'unreachable'
  | 'timed_out'
  | 'redirected'
  | 'too_large'
  | 'encoding_refused'
  | 'stopped'

export interface FetchProblem {
  readonly reason: FetchReason
  /** An error code such as ECONNREFUSED, or the one thing about the answer that was refused. Never a body. */
  readonly detail: string
}

/**
 * GET for documents that the operator pointed us to. It never throws, and whatever the other side does it costs
 * bounded memory and bounded time:
 * https only (http to loopback hosts), no redirects, no credentials, no cookies, no connection kept.
 * Every status but a redirect is an answer; the caller decides which it takes.
 */
export type LimitedFetch = (
  url: string,
  limits: FetchLimits,
) => Promise<Result<FetchedDocument, FetchProblem>>
