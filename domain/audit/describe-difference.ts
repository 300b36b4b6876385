import { diffPolicies, type PolicyChange } from '../policy/diff-policies.ts'
import type { PolicyDocument } from '../policy/policy-document.ts'
import type { JsonValue } from './event.ts'
import { maskText, maskWithin } from './mask-secrets.ts'

const MOST_LISTED = 200
const MOST_SPOKEN = 5

export interface Difference {
  /** The first few differences as one text; empty when there is none. */
  readonly words: string
  readonly before: JsonValue
  readonly after: JsonValue
}

/** What changes from one policy to the next, as an event tells it: in words, and in data on both sides. */
export function describeDifference(before: PolicyDocument, after: PolicyDocument): Difference {
  const changes = diffPolicies(before, after)
  const spoken = changes.slice(0, MOST_SPOKEN).map(maskedWords)
  if (changes.length > MOST_SPOKEN) spoken.push(`and ${changes.length - MOST_SPOKEN} more`)
  const listed = changes.slice(0, MOST_LISTED)
  return {
    words: spoken.join('. '),
    before: listed.flatMap((change) => oneSide(change, before, 'before')),
    after: listed.flatMap((change) => oneSide(change, after, 'after')),
  }
}

/** The words of a difference without what is a secret by its name. */
export function maskedWords(change: PolicyChange): string {
  const words =
    change.kind === 'directive_changed'
      ? maskWithin(change.words, asJson(change.before), asJson(change.after))
      : change.words
  return maskText(words)
}

function oneSide(
  change: PolicyChange,
  side: PolicyDocument,
  which: 'before' | 'after',
): readonly JsonValue[] {
  if (change.kind === 'layers_reordered') return [{ order: side.layers.map((layer) => layer.id) }]
  const layer = side.layers.find(({ id }) => id === change.layer.id)
  if (change.kind === 'directive_changed') {
    const entry = change[which]
    return entry === undefined
      ? []
      : [{ layer: change.layer.id, directive: change.key, entry: asJson(entry) }]
  }
  if (change.kind === 'final_changed') {
    const final = which === 'after' ? change.after : !change.after
    return [{ layer: change.layer.id, directive: change.key, final }]
  }
  if (layer === undefined) return []
  return [{ layer: layer.id, name: layer.name, audience: asJson(layer.audience) }]
}

/** A part of a checked policy is JSON; what is absent is said as null. */
const asJson = (part: unknown): JsonValue => (part ?? null) as JsonValue
