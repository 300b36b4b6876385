import { type DurationProblem, formatGoDuration, parseGoDuration } from '../duration.ts'
import { fail, ok, type Result } from '../result.ts'
import type { DurationProblemCode } from './problem.ts'

export interface DurationRefusal {
  readonly code: DurationProblemCode
  readonly message: string
}

/** Reads a duration that may be zero but not negative and not longer than `mostSeconds`. */
export function inspectDuration(text: string, mostSeconds: number): Result<bigint, DurationRefusal> {
  const parsed = parseGoDuration(text)
  if (!parsed.ok) return fail(explain(parsed.problem))
  if (parsed.value < 0n) {
    return fail({ code: 'negative', message: 'Use a duration that is not negative, such as 24h.' })
  }
  const most = BigInt(mostSeconds) * 1_000_000_000n
  if (parsed.value > most) {
    return fail({ code: 'max', message: `Use a duration of at most ${formatGoDuration(most)}.` })
  }
  return ok(parsed.value)
}

function explain(problem: DurationProblem): DurationRefusal {
  switch (problem.code) {
    case 'empty':
      return { code: 'duration', message: 'Write a duration such as 30m, 24h or 1h30m.' }
    case 'syntax':
      return { code: 'duration', message: 'Write a duration without spaces, such as 30m, 24h or 1h30m.' }
    case 'unit_missing':
      return { code: 'duration_unit_missing', message: 'Add a unit: h, m or s, as in 24h.' }
    case 'unit':
      return {
        code: 'duration_unit',
        message: 'Use the units h, m, s, ms, us or ns, in lower case; a day is 24h.',
      }
    case 'overflow':
      return { code: 'overflow', message: 'Use a shorter duration: no client can hold this one.' }
    default:
      return problem satisfies never
  }
}
