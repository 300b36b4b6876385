import type { Clock } from '../../ports/clock.ts'

/**
 * Seconds that only ever grow. After the wall clock was set back, time goes on from where it was: otherwise a key set
 * would stay fresh for as long as the jump was wide. A jump ahead counts as time that has passed.
 */
export const createSteadyClock = (clock: Clock): (() => number) => {
  let last = clock.now()
  let lost = 0
  return () => {
    const now = clock.now()
    if (now < last) lost += last - now
    last = now
    return (now + lost) / 1000
  }
}
