import { type CommandSpec, configOption, jsonOption } from './command-spec.ts'
import { localArguments } from './local/local-options.ts'

export const policyPlan: CommandSpec = {
  words: 'policy plan',
  summary: 'Say what applying a policy file would add, change and remove. Changes nothing.',
  positionals: [{ name: 'FILE', required: true }],
  options: { config: configOption, json: jsonOption },
  example: 'hivewarden policy plan enterprise-config.json',
  async run(given, io) {
    const { runPolicyPlan } = await import('./policy/run-policy-plan.ts')
    return runPolicyPlan({ ...localArguments(given), file: given.positionals[0] ?? '' }, io)
  },
}
