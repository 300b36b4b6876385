import { sameJson } from '../json/same-json.ts'
import { describeChange } from './describe-change.ts'
import { directiveKeys, findDirective } from './find-directive.ts'
import type { Layer } from './layer.ts'
import type { DirectiveEntry, DirectiveKey, PolicyDocument } from './policy-document.ts'
import type { LayerName } from './resolve-policy.ts'

interface Described {
  /** For a person: `Registry: Default → Enforced`. */
  readonly words: string
}

export interface DirectiveChange extends Described {
  readonly kind: 'directive_changed'
  readonly layer: LayerName
  readonly key: DirectiveKey
  readonly before?: DirectiveEntry
  readonly after?: DirectiveEntry
  /** Why to look twice before this is published. */
  readonly risk?: string
}

export type PolicyChange =
  | DirectiveChange
  | ({
      readonly kind: 'final_changed'
      readonly layer: LayerName
      readonly key: DirectiveKey
      readonly after: boolean
    } & Described)
  | ({
      readonly kind: 'layer_added' | 'layer_removed' | 'layer_renamed' | 'audience_changed'
      readonly layer: LayerName
    } & Described)
  | ({ readonly kind: 'layers_reordered'; readonly after: readonly string[] } & Described)

/** Every difference between two policies, per layer and directive; none exactly when they say the same. */
export function diffPolicies(before: PolicyDocument, after: PolicyDocument): readonly PolicyChange[] {
  const earlier = new Map(before.layers.map((layer) => [layer.id, layer]))
  const later = new Map(after.layers.map((layer) => [layer.id, layer]))
  return [
    ...before.layers.filter((layer) => !later.has(layer.id)).flatMap(removedLayer),
    ...after.layers.flatMap((layer) => {
      const was = earlier.get(layer.id)
      return was === undefined ? addedLayer(layer) : changedLayer(was, layer)
    }),
    ...reordered(before, after),
  ]
}

const removedLayer = (layer: Layer): readonly PolicyChange[] => [
  { kind: 'layer_removed', layer: nameOf(layer), words: `Layer “${layer.name}” is removed` },
  ...changedDirectives(layer, { ...layer, directives: {} }),
  ...changedFinals(layer, { id: layer.id, name: layer.name, directives: {} }),
]

const addedLayer = (layer: Layer): readonly PolicyChange[] => [
  { kind: 'layer_added', layer: nameOf(layer), words: `Layer “${layer.name}” is added` },
  ...changedDirectives({ ...layer, directives: {} }, layer),
  ...changedFinals({ id: layer.id, name: layer.name, directives: {} }, layer),
]

function changedLayer(was: Layer, is: Layer): readonly PolicyChange[] {
  const renamed: readonly PolicyChange[] =
    was.name === is.name
      ? []
      : [
          {
            kind: 'layer_renamed',
            layer: nameOf(is),
            words: `Layer “${was.name}” is now called “${is.name}”`,
          },
        ]
  const readdressed: readonly PolicyChange[] = sameJson(was.audience, is.audience)
    ? []
    : [
        {
          kind: 'audience_changed',
          layer: nameOf(is),
          words: `Layer “${is.name}” holds for other clients or people`,
        },
      ]
  return [...renamed, ...readdressed, ...changedDirectives(was, is), ...changedFinals(was, is)]
}

function changedDirectives(was: Layer, is: Layer): readonly DirectiveChange[] {
  return directiveKeys.flatMap((key) => {
    const before = was.directives[key]
    const after = is.directives[key]
    if (sameJson(before, after)) return []
    return [
      {
        kind: 'directive_changed' as const,
        layer: nameOf(is),
        key,
        ...(before === undefined ? {} : { before }),
        ...(after === undefined ? {} : { after }),
        ...describeChange(key, before, after),
      },
    ]
  })
}

function changedFinals(was: Layer, is: Layer): readonly PolicyChange[] {
  return directiveKeys.flatMap((key) => {
    const before = was.final?.includes(key) === true
    const after = is.final?.includes(key) === true
    if (before === after) return []
    const words = after
      ? `${titleOf(key)}: later layers can no longer change it`
      : `${titleOf(key)}: later layers may change it`
    return [{ kind: 'final_changed' as const, layer: nameOf(is), key, after, words }]
  })
}

/** Only the order of the layers that both have: what was added or removed has been said. */
function reordered(before: PolicyDocument, after: PolicyDocument): readonly PolicyChange[] {
  const kept = new Set(after.layers.map((layer) => layer.id))
  const was = before.layers.filter((layer) => kept.has(layer.id))
  const known = new Set(was.map((layer) => layer.id))
  const is = after.layers.filter((layer) => known.has(layer.id))
  if (is.every((layer, index) => layer.id === was[index]?.id)) return []
  return [
    {
      kind: 'layers_reordered',
      after: after.layers.map((layer) => layer.id),
      words: `Order of precedence, lowest first: ${after.layers.map((layer) => layer.name).join(', ')}`,
    },
  ]
}

const nameOf = ({ id, name }: Layer): LayerName => ({ id, name })

const titleOf = (key: DirectiveKey): string => findDirective(key).title
