import { type CommandSpec, configOption, jsonOption, textOption } from './command-spec.ts'
import { localArguments, serialOption } from './local/local-options.ts'

export const policyExport: CommandSpec = {
  words: 'policy export',
  summary: 'Print the policy in force, in the form that `policy apply` reads.',
  positionals: [],
  options: {
    serial: { type: 'string', value: 'NUMBER', doc: 'That of an older revision.' },
    config: configOption,
    json: jsonOption,
  },
  example: 'hivewarden policy export > enterprise-config.json',
  async run(given, io) {
    const serial = serialOption(textOption(given, 'serial'))
    if (serial === 'invalid') {
      io.printError('--serial is the number of a revision.')
      return 2
    }
    const { runPolicyExport } = await import('./policy/run-policy-export.ts')
    return runPolicyExport({ ...localArguments(given), ...(serial === undefined ? {} : { serial }) }, io)
  },
}
