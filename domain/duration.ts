import { fail, ok, type Result } from './result.ts'

/** Why a text is no duration. `found` is the part of the text to point at. */
export type DurationProblem =
  | { readonly code: 'empty' }
  | { readonly code: 'syntax'; readonly found: string }
  | { readonly code: 'unit_missing'; readonly found: string }
  | { readonly code: 'unit'; readonly found: string }
  | { readonly code: 'overflow' }

const NANOSECOND = 1n
const MICROSECOND = 1000n * NANOSECOND
const MILLISECOND = 1000n * MICROSECOND
export const SECOND = 1000n * MILLISECOND
const MINUTE = 60n * SECOND
const HOUR = 60n * MINUTE
const DAY = 24n * HOUR

const units: ReadonlyMap<string, bigint> = new Map([
  ['ns', NANOSECOND],
  ['us', MICROSECOND],
  ['\u00b5s', MICROSECOND], // the micro sign
  ['\u03bcs', MICROSECOND], // the Greek letter mu
  ['ms', MILLISECOND],
  ['s', SECOND],
  ['m', MINUTE],
  ['h', HOUR],
])

/** The magnitude of the smallest int64. A positive duration ends one below it. */
const MAGNITUDE = 1n << 63n

/**
 * Reads a duration as Go does, to the nanosecond, since the clients that read it are written in Go: what one side
 * refuses the other must not accept. A negative one is read; whoever asked decides whether it makes sense there.
 */
export function parseGoDuration(text: string): Result<bigint, DurationProblem> {
  if (text === '') return fail({ code: 'empty' })
  const signed = text.startsWith('-') || text.startsWith('+')
  const negative = text.startsWith('-')
  const start = signed ? 1 : 0
  if (text.length === start) return fail({ code: 'syntax', found: text })
  if (text.slice(start) === '0') return ok(0n)

  let position = start
  let total = 0n
  while (position < text.length) {
    const part = readPart(text, position)
    if (!part.ok) return part
    total += part.value.nanoseconds
    if (total > MAGNITUDE) return fail({ code: 'overflow' })
    position = part.value.end
  }
  if (negative) return ok(-total)
  return total === MAGNITUDE ? fail({ code: 'overflow' }) : ok(total)
}

/** One number with its unit, such as `1.5h`. */
function readPart(
  text: string,
  start: number,
): Result<{ nanoseconds: bigint; end: number }, DurationProblem> {
  const wholeEnd = skipDigits(text, start)
  const pointed = text[wholeEnd] === '.'
  const numberEnd = pointed ? skipDigits(text, wholeEnd + 1) : wholeEnd
  const digits = numberEnd - start - (pointed ? 1 : 0)
  if (digits === 0) return fail({ code: 'syntax', found: text.slice(start) })

  const end = skipUnit(text, numberEnd)
  if (end === numberEnd) return fail({ code: 'unit_missing', found: text.slice(start, numberEnd) })
  const name = text.slice(numberEnd, end)
  const unit = units.get(name)
  if (unit === undefined) return fail({ code: 'unit', found: name })

  const whole = readWhole(text, start, wholeEnd)
  if (whole === undefined || whole * unit > MAGNITUDE) return fail({ code: 'overflow' })
  const nanoseconds = whole * unit + (pointed ? readFraction(text, wholeEnd + 1, numberEnd, unit) : 0n)
  return nanoseconds > MAGNITUDE ? fail({ code: 'overflow' }) : ok({ nanoseconds, end })
}

const isDigit = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at)
  return code >= 48 && code <= 57
}

function skipDigits(text: string, start: number): number {
  let at = start
  while (isDigit(text, at)) at += 1
  return at
}

function skipUnit(text: string, start: number): number {
  let at = start
  while (at < text.length && text[at] !== '.' && !isDigit(text, at)) at += 1
  return at
}

/** Undefined when too large. Stops growing there, so that a million digits cost no more than their reading. */
function readWhole(text: string, start: number, end: number): bigint | undefined {
  let value = 0n
  for (let at = start; at < end; at += 1) {
    value = value * 10n + BigInt(text.charCodeAt(at) - 48)
    if (value > MAGNITUDE) return undefined
  }
  return value
}

/** Go weighs a fraction in float64 and drops the digits that no int64 can hold; the same is done here. */
function readFraction(text: string, start: number, end: number, unit: bigint): bigint {
  let value = 0n
  let scale = 1
  for (let at = start; at < end && value <= (MAGNITUDE - 1n) / 10n; at += 1) {
    const next = value * 10n + BigInt(text.charCodeAt(at) - 48)
    if (next > MAGNITUDE) break
    value = next
    scale *= 10
  }
  return BigInt(Math.trunc(Number(value) * (Number(unit) / scale)))
}

/** The canonical form of Go: `5m0s`, `1.5s`, `100ms`, `0s`. Exact for every int64. */
export function formatGoDuration(nanoseconds: bigint): string {
  if (nanoseconds === 0n) return '0s'
  const sign = nanoseconds < 0n ? '-' : ''
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds
  if (size < MICROSECOND) return `${sign}${size}ns`
  if (size < MILLISECOND) return `${sign}${decimal(size, MICROSECOND)}\u00b5s`
  if (size < SECOND) return `${sign}${decimal(size, MILLISECOND)}ms`
  const seconds = `${decimal(size % MINUTE, SECOND)}s`
  if (size < MINUTE) return `${sign}${seconds}`
  const minutes = `${(size % HOUR) / MINUTE}m${seconds}`
  return size < HOUR ? `${sign}${minutes}` : `${sign}${size / HOUR}h${minutes}`
}

function decimal(size: bigint, unit: bigint): string {
  const places = unit.toString().length - 1
  const fraction = (size % unit).toString().padStart(places, '0').replace(/0+$/, '')
  return fraction === '' ? `${size / unit}` : `${size / unit}.${fraction}`
}

/**
 * For a sentence: `24 hours`, `1 hour 30 minutes`, `5 minutes`. Days appear from 48 hours on. What is left below a
 * second is named only when nothing else is.
 */
export function durationInWords(nanoseconds: bigint): string {
  if (nanoseconds < 0n) return `minus ${durationInWords(-nanoseconds)}`
  if (nanoseconds < SECOND) return wordsBelowSecond(nanoseconds)
  const days = nanoseconds >= 2n * DAY ? nanoseconds / DAY : 0n
  const rest = nanoseconds - days * DAY
  return [
    count(days, 'day'),
    count(rest / HOUR, 'hour'),
    count((rest % HOUR) / MINUTE, 'minute'),
    count((rest % MINUTE) / SECOND, 'second'),
  ]
    .filter((words) => words !== '')
    .join(' ')
}

function wordsBelowSecond(nanoseconds: bigint): string {
  if (nanoseconds === 0n) return 'no time'
  if (nanoseconds >= MILLISECOND) return count(nanoseconds / MILLISECOND, 'millisecond')
  return 'less than a millisecond'
}

const count = (amount: bigint, unit: string): string =>
  amount === 0n ? '' : `${amount} ${unit}${amount === 1n ? '' : 's'}`
