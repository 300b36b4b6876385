import { enterpriseConfigJsonSchema } from '../../domain/policy/enterprise-config-json-schema.ts'
import type { CommandIo, ExitCode } from './command.ts'

/** Prints the JSON Schema of a policy, for editors and pipelines. */
export function policySchema(io: Pick<CommandIo, 'print'>): ExitCode {
  io.print(JSON.stringify(enterpriseConfigJsonSchema(), null, 2))
  return 0
}
