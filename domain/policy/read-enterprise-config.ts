import { copyJsonValue } from '../json/copy-json-value.ts'
import type { JsonReading } from '../json/json-problem.ts'
import { readJson } from '../json/read-json.ts'
import { checkAgainst } from './check-against.ts'
import { directives } from './directives/index.ts'
import type { PolicyContext } from './policy-context.ts'
import type { EnterpriseConfig } from './policy-document.ts'
import type { PolicyProblem } from './problem.ts'

export type PolicyReading =
  | { readonly ok: true; readonly value: EnterpriseConfig; readonly warnings: readonly PolicyProblem[] }
  /** Errors and warnings, in the order of the document. */
  | { readonly ok: false; readonly problems: readonly PolicyProblem[] }

/** Reads a policy from JSON text: the door through which every such text comes in. */
export const readEnterpriseConfig = (source: Uint8Array | string, context: PolicyContext): PolicyReading =>
  check(readJson(source), context)

/** Checks a policy that another parser has read, under the same rules. */
export const checkEnterpriseConfig = (value: unknown, context: PolicyContext): PolicyReading =>
  check(copyJsonValue(value), context)

function check(reading: JsonReading, context: PolicyContext): PolicyReading {
  const checked = checkAgainst(directives, reading, context)
  if (!checked.ok) return checked
  // The type is made from the list that the value was checked against.
  return { ok: true, value: checked.value as EnterpriseConfig, warnings: checked.warnings }
}
