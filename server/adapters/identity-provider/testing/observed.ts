import type { Clock } from '../../../ports/clock.ts'
import type { LogFields, Logger } from '../../../ports/logger.ts'
import type { Metrics } from '../../../ports/metrics.ts'
import type { Schedule } from '../create-key-set.ts'

/** A clock that stands still until it is told otherwise. */
export interface FakeClock extends Clock {
  advance(seconds: number): void
}

export const createFakeClock = (seconds = 1_790_000_000): FakeClock => {
  let milliseconds = seconds * 1000
  return {
    now: () => milliseconds,
    advance: (by) => {
      milliseconds += by * 1000
    },
  }
}

export interface RecordedLine {
  readonly event: string
  readonly fields: LogFields
}

export const createRecordingLogger = (): Logger & { readonly lines: RecordedLine[] } => {
  const lines: RecordedLine[] = []
  const record = (event: string, fields: LogFields = {}): void => void lines.push({ event, fields })
  return { lines, debug: record, info: record, warn: record, error: record }
}

export interface RecordingMetrics extends Metrics {
  /** By name and labels: `name{a,b}`. */
  readonly values: Map<string, number>
}

export const createRecordingMetrics = (): RecordingMetrics => {
  const values = new Map<string, number>()
  const at = (name: string, labels: readonly string[]): string =>
    labels.length === 0 ? name : `${name}{${labels}}`
  return {
    values,
    counter: (name) => ({
      add: (labels = [], amount = 1) =>
        void values.set(at(name, labels), (values.get(at(name, labels)) ?? 0) + amount),
    }),
    gauge: (name) => ({ set: (value, labels = []) => void values.set(at(name, labels), value) }),
    histogram: () => ({ observe: () => {} }),
  }
}

/** Timers that run when the test says so; `due` is what the last one was set to. */
export const createManualSchedule = (): Schedule & { due(): number | undefined; run(): void } => {
  let timer: { readonly seconds: number; readonly task: () => void } | undefined
  const schedule: Schedule = (seconds, task) => {
    const mine = { seconds, task }
    timer = mine
    return () => {
      if (timer === mine) timer = undefined
    }
  }
  return Object.assign(schedule, {
    due: () => timer?.seconds,
    run: () => {
      const now = timer
      timer = undefined
      now?.task()
    },
  })
}
