import { type CommandSpec, configOption, textOption } from './command-spec.ts'

export const healthcheck: CommandSpec = {
  words: 'healthcheck',
  summary: 'Ask the manager on this machine whether it answers. For containers, which have no other tool.',
  positionals: [],
  options: { config: configOption },
  example: 'hivewarden healthcheck --config /etc/hivewarden/hivewarden.yaml',
  async run(given, io) {
    const { runHealthcheck } = await import('./healthcheck/run-healthcheck.ts')
    return runHealthcheck(textOption(given, 'config'), io)
  },
}
