import { type CommandSpec, configOption, jsonOption, textOption } from './command-spec.ts'
import { localArguments, serialOption } from './local/local-options.ts'

export const restore: CommandSpec = {
  words: 'restore',
  summary: 'Fill an empty database, SQLite or PostgreSQL, from a backup of either.',
  positionals: [{ name: 'FILE', required: true }],
  options: {
    'serial-floor': {
      type: 'string',
      value: 'NUMBER',
      doc: 'The highest serial that clients have seen: the policy is published again above it.',
    },
    config: configOption,
    json: jsonOption,
  },
  example: 'hivewarden restore hivewarden-2030-01-31.backup --serial-floor 42',
  async run(given, io) {
    const serialFloor = serialOption(textOption(given, 'serial-floor'))
    if (serialFloor === 'invalid') {
      io.printError('--serial-floor is the number of a revision.')
      return 2
    }
    const { runRestore } = await import('./database/run-restore.ts')
    return runRestore(
      {
        ...localArguments(given),
        file: given.positionals[0] ?? '',
        ...(serialFloor === undefined ? {} : { serialFloor }),
      },
      io,
    )
  },
}
