import type { Clock } from '../../ports/clock.ts'
import type { LogFields, Logger } from '../../ports/logger.ts'

const levels = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof levels)[number]

const MOST_CHARACTERS = 1000
/** What could forge a line or repaint a terminal. JSON itself escapes only the lower control characters. */
const unsafe = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu

/** One JSON object a line. A field cannot shadow time, level or event, and cannot end the line. */
export function createJsonLogger(clock: Clock, least: LogLevel, write: (line: string) => void): Logger {
  const threshold = levels.indexOf(least)
  const log =
    (level: LogLevel) =>
    (event: string, fields: LogFields = {}): void => {
      if (levels.indexOf(level) < threshold) return
      const line: Record<string, unknown> = { time: new Date(clock.now()).toISOString(), level, event }
      for (const [name, value] of Object.entries(fields)) {
        if (value === undefined || Object.hasOwn(line, name)) continue
        line[name] = typeof value === 'string' ? value.slice(0, MOST_CHARACTERS) : value
      }
      write(`${JSON.stringify(line).replace(unsafe, escapeCodePoint)}\n`)
    }
  return { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') }
}

const escapeCodePoint = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
