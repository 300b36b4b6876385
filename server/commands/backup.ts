import { type CommandSpec, configOption, jsonOption } from './command-spec.ts'
import { localArguments } from './local/local-options.ts'

export const backup: CommandSpec = {
  words: 'backup',
  summary:
    'Write everything in the database to one file. Signing keys stay sealed in it: keep the master key elsewhere.',
  positionals: [{ name: 'FILE', required: true }],
  options: { config: configOption, json: jsonOption },
  example: 'hivewarden backup hivewarden-2030-01-31.backup',
  async run(given, io) {
    const { runBackup } = await import('./database/run-backup.ts')
    return runBackup({ ...localArguments(given), file: given.positionals[0] ?? '' }, io)
  },
}
