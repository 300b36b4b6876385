import { readSigningKey } from '../adapters/key-material/read-signing-key.ts'
import type { CommandIo, ExitCode } from './command.ts'
import { type CommandSpec, configOption, jsonOption, textOption } from './command-spec.ts'
import { localArguments } from './local/local-options.ts'
import { readSettings, settingProblemLine } from './read-settings.ts'

export const keysList: CommandSpec = {
  words: 'keys list',
  summary: 'Show which key signs and which others are published, without showing any of them.',
  positionals: [],
  options: {
    'key-file': {
      type: 'string',
      value: 'FILE',
      doc: 'The PEM file. Default: signingConfig.keyFile, or the database.',
    },
    config: configOption,
    json: jsonOption,
  },
  example: 'hivewarden keys list --key-file /etc/hivewarden/signing.pem',
  run: async (given, io) => {
    const json = given.options.json === true
    const named = textOption(given, 'key-file')
    if (named !== undefined) return listKeys({ keyFile: named, json }, io)
    const read = await readSettings({ config: textOption(given, 'config'), evaluation: false })
    if (!read.ok) {
      io.printError(read.problem.map((problem) => `Problem: ${settingProblemLine(problem)}`).join('\n'))
      return 78
    }
    const keyFile = read.value.values['signingConfig.keyFile']
    if (keyFile !== undefined) return listKeys({ keyFile, json }, io)
    if (read.value.values['database.url'].kind !== 'none') {
      const { listStoredKeys } = await import('./keys/list-stored-keys.ts')
      return listStoredKeys(localArguments(given), io)
    }
    io.printError(
      'No signing key is configured. Name one with --key-file, or make one: hivewarden keys generate',
    )
    return 1
  },
}

export interface ListArguments {
  readonly keyFile: string
  readonly json: boolean
}

export function listKeys({ keyFile, json }: ListArguments, io: CommandIo): ExitCode {
  const ring = readSigningKey(keyFile)
  if (!ring.ok) {
    if (json) io.print(JSON.stringify({ keys: [], problem: ring.problem }, null, 2))
    else io.printError(ring.problem.message)
    return 1
  }
  const keys = ring.value.published.map((publicJwk, at) => ({
    kid: publicJwk.kid,
    use: at === 0 ? 'signs' : 'published',
    publicJwk,
  }))
  if (json) io.print(JSON.stringify({ keys }, null, 2))
  else for (const { kid, use } of keys) io.print(`${kid}  ${use}`)
  return 0
}
