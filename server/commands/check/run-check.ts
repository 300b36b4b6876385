import type { LoadedSettings } from '../../config/load-settings.ts'
import type { SettingSpec } from '../../config/setting.ts'
import { type SettingName, settings } from '../../config/settings.ts'
import { shownValue } from '../../config/shown-value.ts'
import type { CommandIo, ExitCode } from '../command.ts'
import { readSettings, settingProblemLine } from '../read-settings.ts'
import { checkParts } from './check-parts.ts'

export interface CheckArguments {
  readonly config?: string
  readonly evaluation: boolean
  readonly json: boolean
}

/** Looks at everything that `serve` would, and serves nothing. */
export async function runCheck(given: CheckArguments, io: CommandIo): Promise<ExitCode> {
  const { json, evaluation } = given
  const read = await readSettings(given)
  if (!read.ok) return reportRefusal(read.problem.map(settingProblemLine), json, io)
  const parts = evaluation ? { problems: [], warnings: [] } : await checkParts(read.value.values)
  const warnings = [
    ...read.value.unknownVariables.map((name) => `${name} looks like a setting and is none.`),
    ...parts.warnings,
  ]
  if (json) {
    const valid = parts.problems.length === 0
    io.print(
      JSON.stringify(
        { valid, settings: shownSettings(read.value), problems: parts.problems, warnings },
        null,
        2,
      ),
    )
  } else {
    printSettings(read.value, io)
    for (const warning of warnings) io.print(`Warning: ${warning}`)
    for (const problem of parts.problems) io.printError(`Problem: ${problem}`)
    if (parts.problems.length === 0) io.print('All is well.')
  }
  return parts.problems.length === 0 ? 0 : 78
}

function reportRefusal(lines: readonly string[], json: boolean, io: CommandIo): ExitCode {
  if (json) io.print(JSON.stringify({ valid: false, problems: lines, warnings: [] }, null, 2))
  else io.printError(lines.map((line) => `Problem: ${line}`).join('\n'))
  return 78
}

interface ShownSetting {
  readonly value: unknown
  readonly source: string
}

const table: Readonly<Record<string, SettingSpec<unknown>>> = settings

function shownSettings({ values, sources }: LoadedSettings): Record<string, ShownSetting> {
  const names = Object.keys(settings) as SettingName[]
  return Object.fromEntries(
    names.map((name) => [name, { value: shown(table[name], values[name]), source: sources[name] }]),
  )
}

function shown(spec: SettingSpec<unknown> | undefined, value: unknown): unknown {
  if (value === undefined) return null
  if (spec?.kind.show !== undefined) return spec.kind.show(value)
  return spec?.secret ? '(secret)' : shownValue(value)
}

function printSettings(loaded: LoadedSettings, io: CommandIo): void {
  const rows = Object.entries(shownSettings(loaded)).map(([name, { value, source }]) => {
    const text = value === null ? '–' : typeof value === 'string' ? value : JSON.stringify(value)
    return [name, text.length > 60 ? `${text.slice(0, 60)}…` : text, value === null ? '' : source] as const
  })
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  for (const [name, value, source] of rows) {
    io.print(`${name.padEnd(widths[0] ?? 0)}  ${value.padEnd(widths[1] ?? 0)}  ${source}`.trimEnd())
  }
}
