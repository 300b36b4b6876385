/** What the load process is told to do. Requests are named by their place in the corpus that it was given before. */
export interface Burst {
  readonly kind: 'burst'
  readonly port: number
  readonly connections: number
  /** Requests from the corpus, in this order and from the start again. */
  readonly requests: readonly number[]
  /** Each connection is a client of its own and sends one and the same request. Otherwise they take turns. */
  readonly ownRequests?: boolean
  /** Ends after so many milliseconds, or after so many requests. */
  readonly milliseconds?: number
  readonly count?: number
  readonly expect: number
}

export interface FixedRate {
  readonly kind: 'fixed-rate'
  readonly port: number
  readonly connections: number
  readonly requests: readonly number[]
  readonly perSecond: number
  readonly seconds: number
  /** The statuses that are no error. */
  readonly expect: readonly number[]
}

export type Plan = Burst | FixedRate

export interface BurstResult {
  readonly answers: number
  readonly errors: number
  readonly firstError?: string
  readonly milliseconds: number
  /** Share of the load process's looks for answers that found none: it waited for the server, and not the other way. */
  readonly looksInVain: number
}

export interface FixedRateResult {
  readonly answers: number
  readonly errors: number
  readonly firstError?: string
  readonly byStatus: Readonly<Record<string, number>>
  /** Milliseconds from the moment at which each request should have been sent. */
  readonly latencies: Float64Array
}

export type LoadMessage = { readonly corpus: readonly Buffer[] } | { readonly plan: Plan }
export type LoadReply =
  | { readonly learned: number }
  | { readonly burst: BurstResult }
  | { readonly fixedRate: FixedRateResult }
  | { readonly failure: string }
