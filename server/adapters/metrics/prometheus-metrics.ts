import type { Counter, Gauge, Histogram, Metrics } from '../../ports/metrics.ts'

interface Series {
  render(): string
}

export interface PrometheusMetrics extends Metrics {
  /** Asked for its value only when somebody scrapes. */
  observed(name: string, help: string, read: () => number, type?: 'gauge' | 'counter'): void
  /** The text exposition format, version 0.0.4. */
  render(): string
}

const METRIC_NAME = /^[a-z][a-z0-9_]*$/

/**
 * Counting is on the path of every request, so a series is one Map entry and a histogram one array.
 * Label values are closed sets of the program: nothing that a client sends becomes a label.
 */
export function createPrometheusMetrics(): PrometheusMetrics {
  const series = new Map<string, Series>()

  const declare = (name: string, render: () => string): void => {
    if (!METRIC_NAME.test(name)) throw new TypeError(`${name} is no metric name`)
    if (series.has(name)) throw new TypeError(`the metric ${name} is declared twice`)
    series.set(name, { render })
  }

  const labelled = (name: string, help: string, type: 'counter' | 'gauge', labelNames: readonly string[]) => {
    const values = new Map<string, number>()
    if (labelNames.length === 0) values.set('', 0)
    declare(name, () => `${head(name, help, type)}${lines(name, labelNames, values)}`)
    return values
  }

  return {
    counter(name, help, labelNames = []): Counter {
      const values = labelled(name, help, 'counter', labelNames)
      // Whoever counts often hands in the same array each time: then nothing is joined.
      let last: readonly string[] = []
      let key = ''
      return {
        add(labels = [], amount = 1) {
          if (labels !== last) {
            last = labels
            key = labels.join('\n')
          }
          values.set(key, (values.get(key) ?? 0) + amount)
        },
      }
    },
    gauge(name, help, labelNames = []): Gauge {
      const values = labelled(name, help, 'gauge', labelNames)
      return { set: (value, labels = []) => void values.set(labels.join('\n'), value) }
    },
    histogram(name, help, buckets): Histogram {
      const counts = new Float64Array(buckets.length + 1)
      let sum = 0
      declare(name, () => `${head(name, help, 'histogram')}${histogramLines(name, buckets, counts, sum)}`)
      return {
        observe(seconds) {
          let index = 0
          while (index < buckets.length && seconds > (buckets[index] ?? 0)) index += 1
          counts[index] = (counts[index] ?? 0) + 1
          sum += seconds
        },
      }
    },
    observed(name, help, read, type = 'gauge') {
      declare(name, () => `${head(name, help, type)}${name} ${read()}\n`)
    },
    render: () => [...series.values()].map((each) => each.render()).join(''),
  }
}

const head = (name: string, help: string, type: string): string =>
  `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}\n# TYPE ${name} ${type}\n`

function lines(name: string, labelNames: readonly string[], values: ReadonlyMap<string, number>): string {
  let text = ''
  for (const [key, value] of values) text += `${name}${labelPart(labelNames, key)} ${value}\n`
  return text
}

function labelPart(labelNames: readonly string[], key: string): string {
  if (labelNames.length === 0) return ''
  const values = key.split('\n')
  return `{${labelNames.map((label, index) => `${label}="${escapeLabel(values[index] ?? '')}"`).join(',')}}`
}

const escapeLabel = (value: string): string => value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')

function histogramLines(name: string, buckets: readonly number[], counts: Float64Array, sum: number): string {
  let text = ''
  let total = 0
  buckets.forEach((bound, index) => {
    total += counts[index] ?? 0
    text += `${name}_bucket{le="${bound}"} ${total}\n`
  })
  total += counts[buckets.length] ?? 0
  return `${text}${name}_bucket{le="+Inf"} ${total}\n${name}_sum ${sum}\n${name}_count ${total}\n`
}
