import { readFile } from 'node:fs/promises'
import { limits } from '../../domain/limits.ts'
import { escapeUnsafeCharacters } from '../../domain/policy/unsafe-characters.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import { readYaml } from '../adapters/yaml/read-yaml.ts'
import {
  type LoadedSettings,
  loadSettings,
  type SettingProblem,
  settingsFilePath,
} from '../config/load-settings.ts'
import type { SettingName } from '../config/settings.ts'
import { evaluationSettings, placeholderSettings } from '../evaluation/evaluation-settings.ts'

export interface SettingsRequest {
  readonly config?: string | undefined
  readonly evaluation: boolean
  readonly listen?: string | undefined
}

/** The settings as `serve` would use them: file, environment, command line, and the evaluation's own. */
export async function readSettings(
  request: SettingsRequest,
): Promise<Result<LoadedSettings, readonly SettingProblem[]>> {
  const path = request.config ?? settingsFilePath()
  const file = path === undefined ? ok(undefined) : await readFileOf(path)
  if (!file.ok) return file
  const commandLine: Partial<Record<SettingName, string>> =
    request.listen === undefined ? {} : { 'server.listen': request.listen }
  const given = { file: file.value, commandLine }
  return request.evaluation ? loadEvaluationSettings(given) : loadSettings(given)
}

interface Given {
  readonly file: unknown
  readonly commandLine: Partial<Record<SettingName, string>>
}

/** The evaluation's own values follow from where it listens and where it keeps its files, so these are read first. */
function loadEvaluationSettings(given: Given): Result<LoadedSettings, readonly SettingProblem[]> {
  const first = loadSettings({ ...given, evaluation: placeholderSettings })
  if (!first.ok) return first
  const { values, sources } = first.value
  return loadSettings({
    ...given,
    evaluation: evaluationSettings({
      port: values['server.listen'].port,
      dataDir: values.dataDir,
      resourceUrl: sources.resourceURL === 'evaluation' ? undefined : values.resourceURL,
    }),
  })
}

async function readFileOf(path: string): Promise<Result<unknown, readonly SettingProblem[]>> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    return fail([{ path, message: `The settings file ${path} cannot be read (${code}).` }])
  }
  const read = readYaml(bytes, limits.settingsFile.bytes)
  if (read.ok) return read
  return fail(
    read.problem.map(({ message, line }) => ({
      path: line === undefined ? path : `${path}:${line}`,
      message,
    })),
  )
}

/** One line for a terminal, which the text of a settings file must not steer. */
export const settingProblemLine = ({ path, message, found }: SettingProblem): string => {
  const what = found === undefined || found === '' ? '' : ` Found ${JSON.stringify(found)}.`
  return escapeUnsafeCharacters(message.startsWith(path) ? `${message}${what}` : `${path}: ${message}${what}`)
}
