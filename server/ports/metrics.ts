export interface Counter {
  /** `labels` are the values in the order in which the names were declared. */
  add(labels?: readonly string[], amount?: number): void
}

export interface Gauge {
  set(value: number, labels?: readonly string[]): void
}

export interface Histogram {
  observe(seconds: number): void
}

/** What the program counts about itself. Declaring the same name twice is a bug and throws. */
export interface Metrics {
  counter(name: string, help: string, labelNames?: readonly string[]): Counter
  gauge(name: string, help: string, labelNames?: readonly string[]): Gauge
  histogram(name: string, help: string, buckets: readonly number[]): Histogram
}
