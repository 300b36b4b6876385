export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>

/**
 * One JSON line per event. `event` is a fixed word of the program, never input; whatever came from outside goes
 * into `fields`, where control characters are escaped so that no input can forge a line.
 */
export interface Logger {
  debug(event: string, fields?: LogFields): void
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
}
