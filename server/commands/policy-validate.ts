import { type CommandSpec, jsonOption } from './command-spec.ts'

export const policyValidate: CommandSpec = {
  words: 'policy validate',
  summary:
    'Check a policy file, or the policy inside a settings file, and say everything that is wrong with it.',
  positionals: [{ name: 'FILE', required: true }],
  options: { json: jsonOption },
  example: 'hivewarden policy validate enterprise-config.json',
  async run(given, io) {
    const { runPolicyValidate } = await import('./policy/validate-policy-file.ts')
    return runPolicyValidate({ file: given.positionals[0] ?? '', json: given.options.json === true }, io)
  },
}
