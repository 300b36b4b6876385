import type { JsonReading } from '../../../domain/json/json-problem.ts'
import { isJsonObject } from '../../../domain/json/json-value.ts'
import { readJson } from '../../../domain/json/read-json.ts'
import { limits } from '../../../domain/limits.ts'
import type { PolicyDocumentReading } from '../../../domain/policy/check-policy-document.ts'
import type { PolicyContext } from '../../../domain/policy/policy-context.ts'
import type { PolicyProblem } from '../../../domain/policy/problem.ts'
import { checkEnterpriseConfig } from '../../../domain/policy/read-enterprise-config.ts'
import { singleLayer } from '../../../domain/policy/single-layer.ts'
import { readPolicyFile } from '../../../domain/revisions/policy-file.ts'
import { yamlProblems } from '../../adapters/policy-file/read-policy-file.ts'
import { readYaml } from '../../adapters/yaml/read-yaml.ts'

/** The member of a settings file that holds the policy. */
const SETTING = 'enterpriseConfig'

/** Reads a policy from a file of its own, or from a settings file that states one; YAML where the name says so. */
export function readPolicyText(
  bytes: Uint8Array,
  path: string,
  context: PolicyContext,
): PolicyDocumentReading {
  return /\.ya?ml$/i.test(path) ? readYamlPolicy(bytes, context) : readJsonPolicy(bytes, context)
}

function readJsonPolicy(bytes: Uint8Array, context: PolicyContext): PolicyDocumentReading {
  const reading = readJson(bytes)
  return isJsonObject(reading.value) && Object.hasOwn(reading.value, SETTING)
    ? checkSetting(reading.value[SETTING], reading.problems, context)
    : readPolicyFile({ text: bytes }, context)
}

function readYamlPolicy(bytes: Uint8Array, context: PolicyContext): PolicyDocumentReading {
  const read = readYaml(bytes, limits.document.bytes)
  if (!read.ok) return { ok: false, problems: yamlProblems(read.problem) }
  return isJsonObject(read.value) && Object.hasOwn(read.value, SETTING)
    ? checkSetting(read.value[SETTING], [], context)
    : readPolicyFile({ value: read.value }, context)
}

/** The problems of the whole text first, then those of the policy, with paths into the whole file. */
function checkSetting(
  value: unknown,
  found: JsonReading['problems'],
  context: PolicyContext,
): PolicyDocumentReading {
  const checked = checkEnterpriseConfig(value, context)
  const inside = (checked.ok ? checked.warnings : checked.problems).map(
    (problem): PolicyProblem => ({ ...problem, path: `/${SETTING}${problem.path}` }),
  )
  if (checked.ok && found.length === 0) {
    return { ok: true, value: singleLayer(checked.value), warnings: inside }
  }
  const places = new Set(found.map((problem) => problem.path))
  const outside = found.map((problem): PolicyProblem => ({ ...problem, severity: 'error' }))
  return { ok: false, problems: [...outside, ...inside.filter((problem) => !places.has(problem.path))] }
}
