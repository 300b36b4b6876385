/** A server under measurement, in a process of its own. */
export interface RunningServer {
  readonly port: number
  /** CPU seconds that it used so far. */
  cpuSeconds(): Promise<number>
  stop(): Promise<void>
}
