import type { IncomingMessage } from 'node:http'
import type { Clock } from '../ports/clock.ts'
import type { Logger } from '../ports/logger.ts'
import type { Exchange } from './exchange.ts'
import { headerText } from './header-text.ts'

export interface RefusalLog {
  /**
   * @param reason one of a closed set of the program: what stays inside, since the client was told only the code
   * @param kid the key id that a refused token names, checked
   */
  note(exchange: Exchange, code: string, reason: string, kid?: string): void
  /** Something that cannot happen did. */
  bug(exchange: Exchange, error: unknown): void
}

const LINES_PER_SECOND = 5

interface Second {
  at: number
  lines: number
  suppressed: number
}

/**
 * A log line for each refusal, but at most five a second for each reason: whoever floods us shall not fill the disk as
 * well, nor hide another reason. The first line after a flood says how many were left out.
 */
export function createRefusalLog(
  logger: Logger,
  clock: Clock,
  addressOf: (request: IncomingMessage) => string,
): RefusalLog {
  const seconds = new Map<string, Second>()

  const admit = (reason: string): Second | undefined => {
    const now = Math.floor(clock.now() / 1000)
    const second = seconds.get(reason) ?? { at: now, lines: 0, suppressed: 0 }
    seconds.set(reason, second)
    if (second.at !== now) {
      second.at = now
      second.lines = 0
    }
    if (second.lines < LINES_PER_SECOND) {
      second.lines += 1
      return second
    }
    second.suppressed += 1
    return undefined
  }

  return {
    note(exchange, code, reason, kid) {
      const second = admit(reason)
      if (second === undefined) return
      logger.info('request_refused', {
        request_id: exchange.requestId,
        code,
        reason,
        kid,
        address: addressOf(exchange.request),
        client: headerText(exchange.request.headers['x-client-type'])?.slice(0, 64),
        suppressed: second.suppressed === 0 ? undefined : second.suppressed,
      })
      second.suppressed = 0
    },
    bug(exchange, error) {
      logger.error('request_failed', {
        request_id: exchange.requestId,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      })
    },
  }
}
