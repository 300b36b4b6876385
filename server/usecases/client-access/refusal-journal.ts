import type { Logger } from '../../ports/logger.ts'
import type { RefusedToken, TokenRefusal } from '../../ports/token-verifier.ts'

const LINES_PER_SECOND = 5

interface Second {
  at: number
  lines: number
  suppressed: number
}

/**
 * A log line for each refused token, but at most five a second for each reason: whoever floods us with bad tokens
 * shall not fill the disk as well. The first line after a flood says how many were left out. Never the token itself.
 */
export const createRefusalJournal = (logger: Logger): ((refused: RefusedToken, now: number) => void) => {
  const seconds = new Map<TokenRefusal, Second>()
  return ({ reason, kid }, now) => {
    let second = seconds.get(reason)
    if (second === undefined) {
      second = { at: now, lines: 0, suppressed: 0 }
      seconds.set(reason, second)
    }
    if (second.at !== now) {
      second.at = now
      second.lines = 0
    }
    if (second.lines >= LINES_PER_SECOND) {
      second.suppressed += 1
      return
    }
    second.lines += 1
    logger.info('token_refused', {
      reason,
      kid,
      suppressed: second.suppressed === 0 ? undefined : second.suppressed,
    })
    second.suppressed = 0
  }
}
