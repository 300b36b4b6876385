import { type CommandSpec, configOption, textOption } from './command-spec.ts'

export const serve: CommandSpec = {
  words: 'serve',
  summary: 'Run the manager.',
  positionals: [],
  options: {
    config: configOption,
    evaluation: { type: 'boolean', doc: 'Run on this machine alone, with sample people to sign in as.' },
    listen: { type: 'string', value: 'ADDRESS:PORT', doc: 'Listen there instead.' },
  },
  example: 'hivewarden serve --config /etc/hivewarden/hivewarden.yaml',
  async run(given, io) {
    const { runServe } = await import('./serve/run-serve.ts')
    const config = textOption(given, 'config')
    const listen = textOption(given, 'listen')
    return runServe(
      {
        ...(config === undefined ? {} : { config }),
        ...(listen === undefined ? {} : { listen }),
        evaluation: given.options.evaluation === true,
      },
      io,
    )
  },
}
