import { type CommandSpec, configOption, jsonOption } from './command-spec.ts'
import { localArguments } from './local/local-options.ts'

export const keysRetire: CommandSpec = {
  words: 'keys retire',
  summary:
    'Withdraw the next signing key, or take an earlier one out of the JWKS before its time. A KID that begins with a dash stands after --.',
  positionals: [{ name: 'KID', required: true }],
  options: { config: configOption, json: jsonOption },
  example: 'hivewarden keys retire 4qVb1Y2xJrO1mWq7pB5Jd0b7kz0mJvZ0c3l0m1n2o3p',
  async run(given, io) {
    const { runKeysRetire } = await import('./keys/run-keys-retire.ts')
    return runKeysRetire({ ...localArguments(given), kid: given.positionals[0] ?? '' }, io)
  },
}
