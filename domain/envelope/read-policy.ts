import { type OutagePolicy, readOutagePolicy } from '../degraded-mode/outage-policy.ts'
import { isJsonObject } from '../json/json-value.ts'
import { directives } from '../policy/directives/index.ts'
import { canonicalJson } from './canonical-json.ts'
import type { Members } from './read-signed-form.ts'
import type { EnvelopeRemark, VerifiedDirective } from './verified-envelope.ts'

export interface PolicyOfEnvelope {
  readonly directives: ReadonlyMap<string, VerifiedDirective>
  readonly outage?: OutagePolicy
  readonly remarks: readonly EnvelopeRemark[]
}

const enforceable: ReadonlyMap<string, boolean> = new Map(
  directives.map((directive) => [directive.key, directive.enforceable]),
)

/**
 * Reads what a verified envelope says. A manager may be newer than its clients: what they do not know is left out
 * and reported, and an unknown enforcement counts as the stricter one.
 */
export function readPolicy(envelope: Members, config: Members): PolicyOfEnvelope {
  const known = new Map<string, VerifiedDirective>()
  const remarks: EnvelopeRemark[] = []
  for (const [directive, entry] of Object.entries(config)) {
    const kind = enforceable.get(directive)
    if (kind === undefined) {
      remarks.push({ code: 'unknown_directive', directive })
    } else if (kind) {
      readDirective(directive, entry, known, remarks)
    }
  }
  const outage = readOutage(envelope.degraded_mode, config.degraded_mode, remarks)
  return { directives: known, remarks, ...(outage === undefined ? {} : { outage }) }
}

function readDirective(
  directive: string,
  entry: unknown,
  known: Map<string, VerifiedDirective>,
  remarks: EnvelopeRemark[],
): void {
  if (!isJsonObject(entry) || !Object.hasOwn(entry, 'value')) {
    remarks.push({ code: 'malformed_directive', directive })
    return
  }
  const { value, enforcement } = entry
  if (enforcement === 'enforced' || enforcement === 'default') {
    known.set(directive, { value, enforcement })
    return
  }
  remarks.push({ code: 'unknown_enforcement', directive, found: enforcement })
  known.set(directive, { value, enforcement: 'enforced' })
}

/** It stands at two places, always equal. Should they differ, the place at the top counts. */
function readOutage(top: unknown, nested: unknown, remarks: EnvelopeRemark[]): OutagePolicy | undefined {
  if (canonicalJson(top ?? null) !== canonicalJson(nested ?? null)) {
    remarks.push({ code: 'degraded_mode_differs' })
  }
  const stated = top ?? nested
  if (stated === undefined || stated === null) return undefined
  const { policy, misread } = readOutagePolicy(stated)
  remarks.push(...misread.map((member) => ({ code: 'degraded_mode', member }) as const))
  return policy
}
