import type { CommandSpec } from './command-spec.ts'

export const policySchema: CommandSpec = {
  words: 'policy schema',
  summary: 'Print the JSON Schema of a policy, for editors and pipelines.',
  positionals: [],
  options: {},
  example: 'hivewarden policy schema > enterprise-config.schema.json',
  run: async (_given, io) => {
    const { enterpriseConfigJsonSchema } = await import(
      '../../domain/policy/enterprise-config-json-schema.ts'
    )
    io.print(JSON.stringify(enterpriseConfigJsonSchema(), null, 2))
    return 0
  },
}
