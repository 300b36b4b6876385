import type { JsonReading } from '../json/json-problem.ts'
import { isJsonObject } from '../json/json-value.ts'
import { readJson } from '../json/read-json.ts'
import { sameJson } from '../json/same-json.ts'
import { checkPolicyDocument, type PolicyDocumentReading } from '../policy/check-policy-document.ts'
import type { PolicyContext } from '../policy/policy-context.ts'
import type { PolicyDocument } from '../policy/policy-document.ts'
import { checkEnterpriseConfig, readEnterpriseConfig } from '../policy/read-enterprise-config.ts'
import { singleLayer } from '../policy/single-layer.ts'

/** A JSON text, or what another parser made of another format. */
export type PolicyFileSource = { readonly text: string | Uint8Array } | { readonly value: unknown }

/** The member that tells a policy with layers from the bare directives; no directive bears this name. */
const LAYERS = 'layers'

/** The policy as a file: bare directives where there is one layer for everybody, `{ "layers": [...] }` otherwise. */
export function writePolicyFile(document: PolicyDocument): string {
  const [only, ...others] = document.layers
  const bare = only !== undefined && others.length === 0 && sameJson(document, singleLayer(only.directives))
  return `${JSON.stringify(bare ? only.directives : { [LAYERS]: document.layers }, null, 2)}\n`
}

/** Reads either form; problems have paths into the file as it is written. */
export function readPolicyFile(source: PolicyFileSource, context: PolicyContext): PolicyDocumentReading {
  return 'text' in source ? readText(source.text, context) : readValue(source.value, context)
}

function readText(text: string | Uint8Array, context: PolicyContext): PolicyDocumentReading {
  const reading = readJson(text)
  if (!hasLayers(reading.value)) return inOneLayer(readEnterpriseConfig(text, context))
  return withTextProblems(reading, checkPolicyDocument(reading.value, context))
}

const readValue = (value: unknown, context: PolicyContext): PolicyDocumentReading =>
  hasLayers(value) ? checkPolicyDocument(value, context) : inOneLayer(checkEnterpriseConfig(value, context))

const hasLayers = (value: unknown): boolean => isJsonObject(value) && Object.hasOwn(value, LAYERS)

const inOneLayer = (reading: ReturnType<typeof checkEnterpriseConfig>): PolicyDocumentReading =>
  reading.ok ? { ...reading, value: singleLayer(reading.value) } : reading

/** What only the text shows, a member that stands there twice for one, is an error as well. */
function withTextProblems(text: JsonReading, checked: PolicyDocumentReading): PolicyDocumentReading {
  if (text.problems.length === 0) return checked
  const places = new Set(text.problems.map(({ path }) => path))
  const found = (checked.ok ? checked.warnings : checked.problems).filter(({ path }) => !places.has(path))
  return {
    ok: false,
    problems: [...text.problems.map((problem) => ({ ...problem, severity: 'error' as const })), ...found],
  }
}
