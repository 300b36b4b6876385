import {
  type LoadedSettings,
  loadSettings,
  type SettingProblem,
  type SettingsInput,
} from './load-settings.ts'
import type { SettingName } from './settings.ts'

/** `server.listen` → `{ server: { listen } }`, as the file has it. */
export function nest(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const file: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(values)) {
    const [group = '', member] = name.split('.')
    if (member === undefined) file[group] = value
    else file[group] = { ...(file[group] as object | undefined), [member]: value }
  }
  return file
}

/** Enough for the rest to be good. */
export const fewest = { enterpriseConfig: {} } as const

/** Never the environment of the test run. */
const read = (input: SettingsInput) => loadSettings({ environment: {}, ...input })

export function loaded(input: SettingsInput): LoadedSettings {
  const result = read(input)
  if (!result.ok) throw new Error(result.problem.map(({ message }) => message).join(' '))
  return result.value
}

export const settingOf = (input: SettingsInput, name: SettingName): unknown => loaded(input).values[name]

export function problemsOf(input: SettingsInput): readonly SettingProblem[] {
  const result = read(input)
  return result.ok ? [] : result.problem
}

export const pathsOf = (input: SettingsInput): readonly string[] => problemsOf(input).map(({ path }) => path)
