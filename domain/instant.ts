import { fail, ok, type Result } from './result.ts'

const LAST_SECOND_OF_9999 = 253_402_300_799
const shape = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})Z$/

/** Unix seconds as `YYYY-MM-DDTHH:MM:SSZ`. A time that this form cannot hold is a bug of the caller. */
export function formatInstant(seconds: number): string {
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > LAST_SECOND_OF_9999) {
    throw new TypeError(`no instant in whole seconds between 1970 and 9999: ${seconds}`)
  }
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`
}

/**
 * Reads the one form that an envelope may hold: UTC, whole seconds, ending in Z, from 1970 on. Offsets, fractions,
 * leap seconds, lower-case letters and days that no calendar has are refused, so that an instant has one spelling.
 */
export function parseInstant(text: string): Result<number, 'not_an_instant'> {
  const parts = shape.exec(text)
  if (parts === null) return fail('not_an_instant')
  const [year, month, day, hour, minute, second] = parts.slice(1).map(Number)
  const milliseconds = Date.UTC(
    year ?? Number.NaN,
    (month ?? Number.NaN) - 1,
    day,
    hour ?? Number.NaN,
    minute ?? Number.NaN,
    second,
  )
  const seconds = milliseconds / 1000
  // Date.UTC rolls 31 February and 24:00 over into the next day and reads the years 0 to 99 as 1900 to 1999:
  // only what comes back as it went in is an instant.
  if (!(seconds >= 0 && seconds <= LAST_SECOND_OF_9999)) return fail('not_an_instant')
  return formatInstant(seconds) === text ? ok(seconds) : fail('not_an_instant')
}
