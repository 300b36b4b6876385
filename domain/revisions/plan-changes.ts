import { maskedWords } from '../audit/describe-difference.ts'
import type { JsonValue } from '../audit/event.ts'
import { maskSecrets } from '../audit/mask-secrets.ts'
import { diffPolicies, type PolicyChange } from '../policy/diff-policies.ts'
import type { PolicyDocument } from '../policy/policy-document.ts'

/** What to do to the policy in force so that it says what a file says. */
export interface PlannedChange {
  readonly action: 'add' | 'change' | 'remove'
  /** For a person; what looks like a secret is masked, since a plan ends up in the log of a pipeline. */
  readonly words: string
  /** Why to look twice. */
  readonly risk?: string
  readonly kind: PolicyChange['kind']
  /** The id of the layer; absent for what concerns all of them. */
  readonly layer?: string
  readonly directive?: string
  readonly before?: JsonValue
  readonly after?: JsonValue
}

/** Every difference as a step; none exactly when both policies say the same. */
export const planChanges = (inForce: PolicyDocument, wanted: PolicyDocument): readonly PlannedChange[] =>
  diffPolicies(inForce, wanted).map(plan)

export const isRemoval = (planned: PlannedChange): boolean => planned.action === 'remove'

/** One line for each step, marked `+`, `~` or `-`. */
export const planInWords = (planned: readonly PlannedChange[]): readonly string[] =>
  planned.map(({ action, words, layer, risk }) => {
    const where = layer === undefined || layer === 'organisation' ? '' : ` (layer ${layer})`
    return `${marks[action]} ${words}${where}${risk === undefined ? '' : `\n    Look twice: ${risk}`}`
  })

const marks = { add: '+', change: '~', remove: '-' } as const

function plan(change: PolicyChange): PlannedChange {
  const words = maskedWords(change)
  if (change.kind === 'layers_reordered') return { action: 'change', words, kind: change.kind }
  const place = { action: actionOf(change), words, kind: change.kind, layer: change.layer.id }
  if (change.kind === 'final_changed') return { ...place, directive: change.key }
  if (change.kind !== 'directive_changed') return place
  const { key, before, after, risk } = change
  return {
    ...place,
    ...(risk === undefined ? {} : { risk }),
    directive: key,
    ...(before === undefined ? {} : { before: masked(before) }),
    ...(after === undefined ? {} : { after: masked(after) }),
  }
}

function actionOf(change: Exclude<PolicyChange, { kind: 'layers_reordered' }>): PlannedChange['action'] {
  switch (change.kind) {
    case 'layer_added':
      return 'add'
    case 'layer_removed':
      return 'remove'
    case 'final_changed':
      return change.after ? 'add' : 'remove'
    case 'directive_changed':
      if (change.before === undefined) return 'add'
      return change.after === undefined ? 'remove' : 'change'
    case 'layer_renamed':
    case 'audience_changed':
      return 'change'
  }
}

/** An entry of a checked policy is JSON. */
const masked = (entry: unknown): JsonValue => maskSecrets(entry as JsonValue)
