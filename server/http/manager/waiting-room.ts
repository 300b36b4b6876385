import { limits } from '../../../domain/limits.ts'

/** Answers whoever waits for news, and says whether it did. `last`: the wait is over, answer in any case. */
export type Waiter = (last: boolean) => boolean

export interface WaitingRoom {
  readonly size: number
  /** False when the room is full: the caller answers at once. `leave` is how a waiter goes whose connection closed. */
  enter(milliseconds: number, waiter: Waiter): { readonly leave: () => void } | undefined
  /** Something changed: whoever has news is answered, the others go on waiting. */
  news(): void
  /** Answers everybody, and holds nobody from now on. */
  close(): void
}

/** Waiters that are asked in one turn; between turns other requests are served. */
const TURN = 500

export function createWaitingRoom(): WaitingRoom {
  const waiters = new Map<Waiter, NodeJS.Timeout>()
  let closed = false

  const dismiss = (waiter: Waiter, last: boolean): void => {
    if (!waiters.has(waiter) || !waiter(last)) return
    clearTimeout(waiters.get(waiter))
    waiters.delete(waiter)
  }
  const ask = (asked: readonly Waiter[], from: number): void => {
    for (const waiter of asked.slice(from, from + TURN)) dismiss(waiter, false)
    if (from + TURN < asked.length) setImmediate(ask, asked, from + TURN)
  }

  return {
    get size() {
      return waiters.size
    },
    enter(milliseconds, waiter) {
      if (closed || waiters.size >= limits.wait.waiters) return undefined
      waiters.set(
        waiter,
        setTimeout(() => dismiss(waiter, true), milliseconds),
      )
      return {
        leave: () => {
          clearTimeout(waiters.get(waiter))
          waiters.delete(waiter)
        },
      }
    },
    news: () => ask([...waiters.keys()], 0),
    close() {
      closed = true
      for (const waiter of [...waiters.keys()]) dismiss(waiter, true)
    },
  }
}
