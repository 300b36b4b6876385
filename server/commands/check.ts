import { type CommandSpec, configOption, jsonOption, textOption } from './command-spec.ts'

export const check: CommandSpec = {
  words: 'check',
  summary: 'Check settings, policy and signing key without serving, and show where each value comes from.',
  positionals: [],
  options: {
    config: configOption,
    evaluation: { type: 'boolean', doc: 'As `serve --evaluation` would see them.' },
    json: jsonOption,
  },
  example: 'hivewarden check --config hivewarden.yaml',
  async run(given, io) {
    const { runCheck } = await import('./check/run-check.ts')
    const config = textOption(given, 'config')
    return runCheck(
      {
        ...(config === undefined ? {} : { config }),
        evaluation: given.options.evaluation === true,
        json: given.options.json === true,
      },
      io,
    )
  },
}
