import type { Spread } from './statistics.ts'

/** One figure of the bench. */
export interface Measure {
  readonly name: string
  readonly unit: 'of bare' | 'share' | 'requests/s' | 'ms' | 'MB' | 'µs' | 'times' | 'errors'
  readonly value: Spread
  /** What it is held to; a figure without one is there to be read. */
  readonly bound?: { readonly kind: 'at least' | 'at most'; readonly value: number }
}

export const isMissed = ({ value, bound }: Measure): boolean => {
  if (bound === undefined) return false
  // NaN is what came of no round at all, and meets nothing.
  return !(bound.kind === 'at least' ? value.median >= bound.value : value.median <= bound.value)
}

export const atLeast = (value: number) => ({ kind: 'at least', value }) as const
export const atMost = (value: number) => ({ kind: 'at most', value }) as const
