import { mkdir, writeFile } from 'node:fs/promises'
import { cpus, platform, release, totalmem } from 'node:os'
import { dirname } from 'node:path'
import { isMissed, type Measure } from './measure.ts'

const digits: Readonly<Record<Measure['unit'], number>> = {
  'of bare': 2,
  share: 2,
  'requests/s': 0,
  ms: 1,
  MB: 0,
  µs: 1,
  times: 2,
  errors: 0,
}

/** One line for a person: the figure, its spread and what it is held to. */
export function measureLine(measure: Measure): string {
  const { name, unit, value, bound } = measure
  const text = (number: number): string => number.toFixed(digits[unit])
  const spread =
    value.rounds === 1 ? '' : `(${text(value.min)} to ${text(value.max)}, ${value.rounds} rounds)`
  const mark = bound === undefined ? ' ' : isMissed(measure) ? '✗' : '✓'
  const held = bound === undefined ? '' : `${bound.kind} ${bound.value}`
  return `${mark} ${name.padEnd(72)} ${text(value.median).padStart(7)} ${unit.padEnd(10)} ${spread.padEnd(32)} ${held}`.trimEnd()
}

/** Where the figures come from: without it they say nothing. */
export const machine = () => ({
  cores: cpus().length,
  cpu: cpus()[0]?.model ?? 'unknown',
  memory: totalmem(),
  system: `${platform()} ${release()}`,
  node: process.version,
})

export async function writeReport(file: string, measures: readonly Measure[]): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const report = { measuredAt: new Date().toISOString(), machine: machine(), measures }
  await writeFile(file, `${JSON.stringify(report, null, 2)}\n`)
}
