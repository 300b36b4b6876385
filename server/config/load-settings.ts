import { suggestName } from '../../domain/policy/suggest-name.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import { defaultDatabase } from './database-location.ts'
import { findContradictions } from './find-contradictions.ts'
import type { SettingKind, SettingSource, SettingSpec } from './setting.ts'
import { type SettingName, type Settings, settings } from './settings.ts'

export interface SettingProblem {
  /** Place in the settings file, dotted, or the name of the environment variable. */
  readonly path: string
  readonly message: string
  readonly found?: string
}

export interface LoadedSettings {
  readonly values: Settings
  readonly sources: Readonly<Record<SettingName, SettingSource>>
  /** Environment variables that look like ours and are none. */
  readonly unknownVariables: readonly string[]
}

export interface SettingsInput {
  /** The parsed settings file. */
  readonly file?: unknown
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** Values that beat file and environment, in their text form. */
  readonly commandLine?: Partial<Record<SettingName, string>>
  /** Values of the evaluation installation: they stand where nothing else was said. */
  readonly evaluation?: Partial<Record<SettingName, string>>
}

const table: Readonly<Record<string, SettingSpec<unknown>>> = settings
const names = Object.keys(settings) as SettingName[]

/** The only reader of the environment. Every problem is reported, not only the first. */
export function loadSettings(input: SettingsInput): Result<LoadedSettings, readonly SettingProblem[]> {
  const environment = input.environment ?? process.env
  const problems: SettingProblem[] = []
  const fromFile = flatten(input.file ?? {}, problems)
  const values: Record<string, unknown> = {}
  const sources: Record<string, SettingSource> = {}
  const unread = new Set<string>()

  for (const name of names) {
    const chosen = choose(name, input, environment, fromFile)
    sources[name] = chosen.source
    if (chosen.read === undefined) {
      values[name] = specOf(name).default
    } else if (chosen.read.ok) {
      values[name] = chosen.read.value
    } else {
      unread.add(name)
      problems.push({
        path: chosen.place,
        message: `${chosen.place} ${chosen.read.problem}.`,
        found: chosen.found,
      })
    }
  }
  if (sources['database.url'] === 'default') values['database.url'] = databaseNobodyNamed(values)
  // A group that is no mapping hides what is in it: nothing is missing then, it could only not be read.
  for (const { path } of problems) for (const name of names) if (isWithin(name, path)) unread.add(name)
  problems.push(...findContradictions(values as Settings, input.evaluation !== undefined, unread))
  if (problems.length > 0) return fail(problems)
  return ok({
    values: values as Settings,
    sources: sources as Record<SettingName, SettingSource>,
    unknownVariables: unknownVariables(environment),
  })
}

const databaseNobodyNamed = ({ dataDir, ...values }: Readonly<Record<string, unknown>>) =>
  defaultDatabase(
    typeof dataDir === 'string' ? dataDir : '',
    values.enterpriseConfig !== undefined || values.enterpriseConfigFile !== undefined,
  )

/** The environment as the program sees it, for the one setting that says where the settings file is. */
export const settingsFilePath = (
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined => environment.HIVEWARDEN_CONFIG

const specOf = (name: SettingName): SettingSpec<unknown> => table[name] as SettingSpec<unknown>

interface Choice {
  readonly source: SettingSource
  readonly place: string
  readonly found: string
  readonly read?: Result<unknown, string>
}

function choose(
  name: SettingName,
  input: SettingsInput,
  environment: Readonly<Record<string, string | undefined>>,
  fromFile: ReadonlyMap<string, unknown>,
): Choice {
  const spec = specOf(name)
  const kind = spec.kind as SettingKind<unknown>
  const shown = (value: unknown): string => (spec.secret ? '(secret)' : truncated(value))

  const given = input.commandLine?.[name]
  if (given !== undefined) {
    return { source: 'command line', place: name, found: shown(given), read: kind.fromText(given) }
  }
  const variable = spec.env === undefined ? undefined : environment[spec.env]
  if (spec.env !== undefined && variable !== undefined) {
    return { source: 'environment', place: spec.env, found: shown(variable), read: kind.fromText(variable) }
  }
  if (fromFile.has(name)) {
    const value = fromFile.get(name)
    return { source: 'file', place: name, found: shown(value), read: kind.fromFile(value) }
  }
  const evaluation = input.evaluation?.[name]
  if (evaluation !== undefined) {
    return { source: 'evaluation', place: name, found: evaluation, read: kind.fromText(evaluation) }
  }
  return { source: 'default', place: name, found: '' }
}

/** `{server: {listen}}` → `server.listen`; whatever is no setting becomes a problem. A key without a value is absent. */
function flatten(file: unknown, problems: SettingProblem[]): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>()
  const walk = (value: unknown, prefix: string): void => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      const where = prefix === '' ? 'The settings file' : prefix
      problems.push({
        path: prefix,
        message: `${where} must be a mapping of settings.`,
        found: truncated(value),
      })
      return
    }
    for (const [key, member] of Object.entries(value)) {
      const name = prefix === '' ? key : `${prefix}.${key}`
      if (key.includes('.')) problems.push(dottedKey(name))
      else if (member === null) {
        if (!isKnown(name)) problems.push(unknownKey(name))
      } else if (Object.hasOwn(table, name)) found.set(name, member)
      else if (isGroup(name)) walk(member, name)
      else problems.push(unknownKey(name))
    }
  }
  walk(file, '')
  return found
}

const isWithin = (name: string, group: string): boolean => group === '' || name.startsWith(`${group}.`)
const isGroup = (name: string): boolean => names.some((known) => known.startsWith(`${name}.`))
const isKnown = (name: string): boolean => Object.hasOwn(table, name) || isGroup(name)

const dottedKey = (name: string): SettingProblem => ({
  path: name,
  message: `${truncated(name)} has a dot in a key. Nest it: each part of a name is a mapping of its own.`,
})

function unknownKey(name: string): SettingProblem {
  const close = suggestName(name, names)
  const advice = close === undefined ? 'Remove it.' : `Did you mean ${close}?`
  return { path: name, message: `${truncated(name)} is no setting. ${advice}` }
}

/** Kubernetes sets such variables for every Service it knows; they are none of ours. */
const kubernetesService = /_(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT(_\d+_(TCP|UDP)(_.*)?)?)$/

function unknownVariables(environment: Readonly<Record<string, string | undefined>>): string[] {
  const known = new Set(['HIVEWARDEN_CONFIG', ...names.map((name) => specOf(name).env)])
  return Object.keys(environment)
    .filter((name) => name.startsWith('HIVEWARDEN_') && !known.has(name) && !kubernetesService.test(name))
    .sort()
}

function truncated(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
