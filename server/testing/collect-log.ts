import { createJsonLogger } from '../adapters/system/json-logger.ts'
import type { Clock } from '../ports/clock.ts'
import type { Logger } from '../ports/logger.ts'

export interface CollectedLog {
  readonly logger: Logger
  /** What was written, write by write. */
  readonly writes: readonly string[]
  /** The lines of one event, parsed. */
  of(event: string): readonly Readonly<Record<string, unknown>>[]
}

/** The product's own logger, writing into memory. */
export function collectLog(clock: Clock): CollectedLog {
  const writes: string[] = []
  return {
    logger: createJsonLogger(clock, 'debug', (line) => void writes.push(line)),
    writes,
    of: (event) => writes.map((line) => JSON.parse(line)).filter((line) => line.event === event),
  }
}
