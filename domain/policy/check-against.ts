import type { JsonReading } from '../json/json-problem.ts'
import { isJsonObject } from '../json/json-value.ts'
import type { AnyDirective, EntryLookup } from './directives/directive.ts'
import { enterpriseConfigSchema } from './enterprise-config-schema.ts'
import type { PolicyContext } from './policy-context.ts'
import type { PolicyProblem } from './problem.ts'
import { ProblemCollector } from './problem-collector.ts'
import { reportStructure } from './report-structure.ts'
import { statedEntry } from './stated-entry.ts'

export type Checked =
  | { readonly ok: true; readonly value: unknown; readonly warnings: readonly PolicyProblem[] }
  | { readonly ok: false; readonly problems: readonly PolicyProblem[] }

/** Checks one policy against a list of directives: the text, the structure, each meaning, and all together. */
export function checkAgainst(
  list: readonly AnyDirective[],
  reading: JsonReading,
  context: PolicyContext,
): Checked {
  const collector = new ProblemCollector()
  collector.addJsonProblems(reading.problems)
  if (!('value' in reading)) return { ok: false, problems: collector.inOrderOf(undefined) }

  reportStructure(enterpriseConfigSchema(list), reading.value, collector)
  const config = isJsonObject(reading.value) ? reading.value : {}
  for (const directive of list) {
    if (Object.hasOwn(config, directive.key)) examineEntry(directive, config, context, collector)
  }
  for (const directive of list) {
    if (Object.hasOwn(config, directive.key)) crossCheckEntry(directive, config, collector)
  }

  const problems = collector.inOrderOf(reading.value)
  return collector.hasErrors()
    ? { ok: false, problems }
    : { ok: true, value: reading.value, warnings: problems }
}

type Config = Readonly<Record<string, unknown>>

function examineEntry(
  directive: AnyDirective,
  config: Config,
  context: PolicyContext,
  collector: ProblemCollector,
): void {
  const path = directive.enforceable ? [directive.key, 'value'] : [directive.key]
  const value = collector.soundPart(statedEntry(directive, config[directive.key])?.value, path)
  if (value !== undefined) directive.examine?.(value, context, collector.reportBelow(path))
}

function crossCheckEntry(directive: AnyDirective, config: Config, collector: ProblemCollector): void {
  if (directive.crossCheck === undefined || collector.isRefusedWithin([directive.key])) return
  const entry = statedEntry(directive, config[directive.key])
  if (entry === undefined) return
  let unsure = false
  const lookup = ((other: AnyDirective) => {
    unsure ||= collector.isRefusedWithin([other.key])
    return unsure ? undefined : config[other.key]
  }) as EntryLookup // The structure of what is returned was checked against this very directive.
  const findings = new ProblemCollector()
  directive.crossCheck(entry, lookup, findings.reportBelow([directive.key]))
  if (!unsure) collector.addBelow('', findings.all())
}
