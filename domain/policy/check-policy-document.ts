import { z } from 'zod'
import { clientTypes } from '../client-type.ts'
import { copyJsonValue } from '../json/copy-json-value.ts'
import { jsonPointer } from '../json/json-pointer.ts'
import { isJsonObject } from '../json/json-value.ts'
import { boundedText } from './directives/structure.ts'
import { directiveKeys } from './find-directive.ts'
import type { PolicyContext } from './policy-context.ts'
import type { PolicyDocument } from './policy-document.ts'
import type { PolicyProblem } from './problem.ts'
import { ProblemCollector } from './problem-collector.ts'
import { checkEnterpriseConfig } from './read-enterprise-config.ts'
import { reportStructure } from './report-structure.ts'
import { parseVersionRange } from './version-range.ts'

export type PolicyDocumentReading =
  | { readonly ok: true; readonly value: PolicyDocument; readonly warnings: readonly PolicyProblem[] }
  | { readonly ok: false; readonly problems: readonly PolicyProblem[] }

const MOST_CHARACTERS = 200
const name = () => boundedText(MOST_CHARACTERS)

const structure = z.strictObject({
  layers: z.array(
    z.strictObject({
      id: name(),
      name: name(),
      audience: z
        .strictObject({
          groups: z.array(name()).exactOptional(),
          people: z.array(name()).exactOptional(),
          clientTypes: z.array(z.enum(clientTypes)).exactOptional(),
          clientVersions: name().exactOptional(),
        })
        .exactOptional(),
      // Checked by itself, with a better sentence for each problem.
      directives: z.looseObject({}),
      final: z.array(z.enum(directiveKeys)).exactOptional(),
    }),
  ),
})

/** Checks a policy with its layers: the door through which every such document comes in. */
export function checkPolicyDocument(value: unknown, context: PolicyContext): PolicyDocumentReading {
  const reading = copyJsonValue(value)
  const collector = new ProblemCollector()
  collector.addJsonProblems(reading.problems)
  if (!('value' in reading)) return { ok: false, problems: collector.inOrderOf(undefined) }
  reportStructure(structure, reading.value, collector)
  const layers =
    isJsonObject(reading.value) && Array.isArray(reading.value.layers) ? reading.value.layers : []
  const ids = new Set<string>()
  layers.forEach((layer: unknown, index) => {
    if (isJsonObject(layer)) checkLayer(layer, index, ids, context, collector)
  })
  const problems = collector.inOrderOf(reading.value)
  return collector.hasErrors()
    ? { ok: false, problems }
    : // The structure above is that of the type, and each layer's directives were checked against theirs.
      { ok: true, value: reading.value as PolicyDocument, warnings: problems }
}

function checkLayer(
  layer: Readonly<Record<string, unknown>>,
  index: number,
  ids: Set<string>,
  context: PolicyContext,
  collector: ProblemCollector,
): void {
  const report = collector.reportBelow(['layers', String(index)])
  if (typeof layer.id === 'string') {
    if (ids.has(layer.id))
      report.error(['id'], 'duplicate_layer', 'Give each layer an id of its own.', layer.id)
    ids.add(layer.id)
  }
  const versions = isJsonObject(layer.audience) ? layer.audience.clientVersions : undefined
  if (typeof versions === 'string' && parseVersionRange(versions) === undefined) {
    report.error(
      ['audience', 'clientVersions'],
      'version_range',
      'Write a range such as >=1.4.0 <2.0.0, ^1.4 or 1.x || 2.x.',
      versions,
    )
  }
  if (isJsonObject(layer.directives)) {
    const checked = checkEnterpriseConfig(layer.directives, context)
    collector.addBelow(
      jsonPointer(['layers', index, 'directives']),
      checked.ok ? checked.warnings : checked.problems,
    )
  }
}
