import type { IncomingMessage } from 'node:http'
import type { Clock } from '../ports/clock.ts'
import type { Logger } from '../ports/logger.ts'
import type { Exchange } from './exchange.ts'

export interface RefusalLog {
  /** `reason` stays inside: the client was told only the code. */
  note(exchange: Exchange, code: string, reason: string): void
  /** Something that cannot happen did. */
  bug(exchange: Exchange, error: unknown): void
}

/** Lines per second; what is above is counted and said with the next line. A flood must not fill the disk. */
const LINES_PER_SECOND = 20

export function createRefusalLog(
  logger: Logger,
  clock: Clock,
  addressOf: (request: IncomingMessage) => string,
): RefusalLog {
  let second = 0
  let written = 0
  let suppressed = 0

  return {
    note(exchange, code, reason) {
      const now = Math.floor(clock.now() / 1000)
      if (now !== second) {
        second = now
        written = 0
      }
      if (written >= LINES_PER_SECOND) {
        suppressed += 1
        return
      }
      written += 1
      logger.info('request_refused', {
        request_id: exchange.requestId,
        code,
        reason,
        address: addressOf(exchange.request),
        client: exchange.request.headers['x-client-type']?.toString().slice(0, 64),
        ...(suppressed > 0 ? { suppressed } : {}),
      })
      suppressed = 0
    },
    bug(exchange, error) {
      logger.error('request_failed', {
        request_id: exchange.requestId,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      })
    },
  }
}
