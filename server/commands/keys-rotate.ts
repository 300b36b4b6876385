import { type CommandSpec, configOption, jsonOption } from './command-spec.ts'
import { localArguments } from './local/local-options.ts'

export const keysRotate: CommandSpec = {
  words: 'keys rotate',
  summary:
    'Make the next signing key. It is published now and signs in a few minutes, when every client can know it.',
  positionals: [],
  options: {
    stolen: {
      type: 'boolean',
      doc: 'The present key may be in foreign hands: replace it at once and make every client fetch anew.',
    },
    config: configOption,
    json: jsonOption,
  },
  example: 'hivewarden keys rotate --config /etc/hivewarden/hivewarden.yaml',
  async run(given, io) {
    const { runKeysRotate } = await import('./keys/run-keys-rotate.ts')
    return runKeysRotate({ ...localArguments(given), stolen: given.options.stolen === true }, io)
  },
}
