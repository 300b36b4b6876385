import { type CommandSpec, configOption, jsonOption } from './command-spec.ts'
import { localArguments } from './local/local-options.ts'

export const keysImport: CommandSpec = {
  words: 'keys import',
  summary: 'Take a signing key from a PEM file into the database: as the first one, or as the next.',
  positionals: [{ name: 'FILE', required: true }],
  options: { config: configOption, json: jsonOption },
  example: 'hivewarden keys import /etc/hivewarden/signing.pem',
  async run(given, io) {
    const { runKeysImport } = await import('./keys/run-keys-import.ts')
    return runKeysImport({ ...localArguments(given), file: given.positionals[0] ?? '' }, io)
  },
}
