/** Wall-clock time. The one place from which the program learns what time it is. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number
}
