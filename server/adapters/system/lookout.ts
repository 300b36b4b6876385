import type { Logger } from '../../ports/logger.ts'

export interface Lookout {
  /** Looks now, or joins the look that begins after the one under way. */
  look(): Promise<void>
  stop(): void
}

interface LookoutOptions {
  /** Reads and compares. `unavailable`: nothing could be read, so it is tried again. */
  readonly look: () => Promise<'seen' | 'unavailable'>
  readonly subscribe: (listener: () => void) => () => void
  readonly everyMilliseconds: number
  /** Called at every turn of the timer, for what the clock alone brings about. */
  readonly onTurn?: () => void
  readonly logger: Logger
}

/**
 * Looks when it is told that something was committed, and again at every turn of its timer for as long as the last look
 * failed. News that arrive during a look bring about another one: what is read may be from before the news.
 */
export function createLookout(options: LookoutOptions): Lookout {
  let underWay: Promise<void> | undefined
  let following: Promise<void> | undefined
  let missed = false
  let stopped = false

  const once = async (): Promise<void> => {
    if (stopped) return
    try {
      missed = (await options.look()) === 'unavailable'
    } catch (error) {
      missed = true
      options.logger.error('look_failed', { message: error instanceof Error ? error.message : 'unknown' })
    }
  }
  const begin = (): Promise<void> => {
    underWay = once().finally(() => {
      underWay = undefined
    })
    return underWay
  }
  const look = (): Promise<void> => {
    if (underWay === undefined) return begin()
    following ??= underWay.then(() => {
      following = undefined
      return begin()
    })
    return following
  }

  const unsubscribe = options.subscribe(() => void look())
  const timer = setInterval(() => {
    if (missed) void look()
    options.onTurn?.()
  }, options.everyMilliseconds)
  timer.unref()
  return {
    look,
    stop() {
      stopped = true
      clearInterval(timer)
      unsubscribe()
    },
  }
}
