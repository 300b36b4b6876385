import { limits } from '../../../domain/limits.ts'
import type { PolicyContext } from '../../../domain/policy/policy-context.ts'
import type { PolicyProblem } from '../../../domain/policy/problem.ts'
import {
  checkEnterpriseConfig,
  type PolicyReading,
  readEnterpriseConfig,
} from '../../../domain/policy/read-enterprise-config.ts'
import { readYaml, type YamlProblem } from '../yaml/read-yaml.ts'

/** Reads a policy file: YAML where its name says so, JSON otherwise. Both under the same rules. */
export function readPolicyFile(bytes: Uint8Array, path: string, context: PolicyContext): PolicyReading {
  if (!/\.ya?ml$/i.test(path)) return readEnterpriseConfig(bytes, context)
  const read = readYaml(bytes, limits.document.bytes)
  if (read.ok) return checkEnterpriseConfig(read.value, context)
  return { ok: false, problems: yamlProblems(read.problem) }
}

/** What the YAML reader found, in the form of all other problems of a policy. */
export const yamlProblems = (problems: readonly YamlProblem[]): readonly PolicyProblem[] =>
  problems.map(({ code, message, line }) => ({
    path: '',
    code,
    message: line === undefined ? message : `Line ${line}: ${message}`,
    severity: 'error',
  }))
