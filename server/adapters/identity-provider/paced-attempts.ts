export interface PacedAttempts {
  /**
   * Settles when the latest attempt is over. It begins one unless one is under way or the pause since the last
   * beginning is not over; success and failure pause alike.
   */
  run(): Promise<void>
  /** Seconds until another attempt may begin; 0 when it may now. */
  secondsLeft(): number
}

/** One attempt at a time and one per pause, whatever arrives. `attempt` does not throw; `now` does not go back. */
export const createPacedAttempts = (
  now: () => number,
  pause: number,
  attempt: () => Promise<void>,
): PacedAttempts => {
  let beganAt: number | undefined
  let underWay: Promise<void> | undefined
  const secondsLeft = (): number => (beganAt === undefined ? 0 : Math.max(0, beganAt + pause - now()))
  return {
    secondsLeft,
    run: () => {
      if (underWay !== undefined) return underWay
      if (secondsLeft() > 0) return Promise.resolve()
      beganAt = now()
      underWay = attempt().finally(() => {
        underWay = undefined
      })
      return underWay
    },
  }
}
