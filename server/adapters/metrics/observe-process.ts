import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { PrometheusMetrics } from './prometheus-metrics.ts'

const NANOSECONDS = 1e9

/** Milliseconds between two samples. Node counts them into each delay that it records. */
const RESOLUTION = 10

/** What the process itself is doing; asked for only when somebody scrapes. Returns how to stop watching. */
export function observeProcess(metrics: PrometheusMetrics): () => void {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION })
  delay.enable()
  metrics.observed(
    'hivewarden_event_loop_delay_p99_seconds',
    '99th percentile of the event loop delay since the last scrape.',
    () => {
      const seconds = Math.max(0, delay.percentile(99) / NANOSECONDS - RESOLUTION / 1000)
      delay.reset()
      return seconds
    },
  )
  metrics.observed('process_resident_memory_bytes', 'Resident memory.', () => process.memoryUsage.rss())
  metrics.observed('process_cpu_seconds_total', 'CPU time of the process.', cpuSeconds, 'counter')
  metrics.observed('process_uptime_seconds', 'Time since the process started.', () => process.uptime())
  return () => delay.disable()
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}
