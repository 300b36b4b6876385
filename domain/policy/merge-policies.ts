import { sameJson } from '../json/same-json.ts'
import { fail, ok, type Result } from '../result.ts'
import { directiveKeys } from './find-directive.ts'
import type { Audience, Layer } from './layer.ts'
import { mergeLayerOrder } from './merge-layer-order.ts'
import type { DirectiveEntry, DirectiveKey, EnterpriseConfig, PolicyDocument } from './policy-document.ts'
import type { LayerName } from './resolve-policy.ts'

/** Both sides changed the same thing, and not to the same. An absent side took it away. */
export type MergeConflict =
  | ({
      readonly kind: 'directive'
      readonly layer: LayerName
      readonly key: DirectiveKey
    } & Sides<DirectiveEntry>)
  | ({ readonly kind: 'name'; readonly layer: LayerName } & Sides<string>)
  | ({ readonly kind: 'audience'; readonly layer: LayerName } & Sides<Audience>)
  /** One side removed or both added the layer, and they do not agree on what it is. */
  | ({ readonly kind: 'layer'; readonly layer: LayerName } & Sides<Layer>)
  | ({ readonly kind: 'order' } & Sides<readonly string[]>)

interface Sides<Value> {
  readonly base?: Value
  readonly ours?: Value
  readonly theirs?: Value
}

export interface MergeProblem {
  readonly conflicts: readonly MergeConflict[]
  /** The merge with our side of each conflict: a draft for a person, not to be published as it is. */
  readonly draft: PolicyDocument
}

/** Brings two changes of one policy together, per layer and directive. */
export function mergePolicies(
  base: PolicyDocument,
  ours: PolicyDocument,
  theirs: PolicyDocument,
): Result<PolicyDocument, MergeProblem> {
  const conflicts: MergeConflict[] = []
  const sides = { base: byId(base), ours: byId(ours), theirs: byId(theirs) }
  const layers = new Map<string, Layer>()
  for (const id of new Set([...sides.base.keys(), ...sides.ours.keys(), ...sides.theirs.keys()])) {
    const merged = mergeLayer(sides.base.get(id), sides.ours.get(id), sides.theirs.get(id), conflicts)
    if (merged !== undefined) layers.set(id, merged)
  }
  const order = mergeLayerOrder(ids(base), ids(ours), ids(theirs), new Set(layers.keys()))
  if (order.conflict) conflicts.push({ kind: 'order', base: ids(base), ours: ids(ours), theirs: ids(theirs) })
  const document = { layers: order.ids.flatMap((id) => layers.get(id) ?? []) }
  return conflicts.length === 0 ? ok(document) : fail({ conflicts, draft: document })
}

const ids = (document: PolicyDocument): readonly string[] => document.layers.map((layer) => layer.id)

const byId = (document: PolicyDocument): ReadonlyMap<string, Layer> =>
  new Map(document.layers.map((layer) => [layer.id, layer]))

function mergeLayer(
  base: Layer | undefined,
  ours: Layer | undefined,
  theirs: Layer | undefined,
  conflicts: MergeConflict[],
): Layer | undefined {
  if (sameJson(ours, theirs) || sameJson(base, theirs)) return ours
  if (sameJson(base, ours)) return theirs
  if (base === undefined || ours === undefined || theirs === undefined) {
    const named = ours ?? theirs ?? base
    if (named !== undefined)
      conflicts.push({ kind: 'layer', layer: nameOf(named), ...sidesOf(base, ours, theirs) })
    return ours ?? theirs
  }
  return mergeChangedLayer(base, ours, theirs, conflicts)
}

function mergeChangedLayer(base: Layer, ours: Layer, theirs: Layer, conflicts: MergeConflict[]): Layer {
  const layer = nameOf(ours)
  const name = mergeValue(base.name, ours.name, theirs.name, (sides) =>
    conflicts.push({ kind: 'name', layer, ...sides }),
  )
  const audience = mergeValue(base.audience, ours.audience, theirs.audience, (sides) =>
    conflicts.push({ kind: 'audience', layer, ...sides }),
  )
  const directives = Object.fromEntries(
    directiveKeys.flatMap((key) => {
      const entry = mergeValue<DirectiveEntry | undefined>(
        base.directives[key],
        ours.directives[key],
        theirs.directives[key],
        (sides) => conflicts.push({ kind: 'directive', layer, key, ...sides }),
      )
      return entry === undefined ? [] : [[key, entry]]
    }),
  ) as EnterpriseConfig // Each entry was taken from the same key of a side.
  const final = directiveKeys.filter((key) => isFinal(key, base, ours, theirs))
  return {
    id: ours.id,
    name: name ?? ours.name,
    ...(audience === undefined ? {} : { audience }),
    directives,
    ...(final.length === 0 ? {} : { final }),
  }
}

/** A flag has only two values, so two sides that changed it agree. */
function isFinal(key: DirectiveKey, base: Layer, ours: Layer, theirs: Layer): boolean {
  const [was, here, there] = [base, ours, theirs].map((layer) => layer.final?.includes(key) === true)
  return (here === was ? there : here) === true
}

/** The side that changed the value; ours, with a conflict, when both did and do not agree. */
function mergeValue<Value>(
  base: Value,
  ours: Value,
  theirs: Value,
  conflict: (sides: Sides<NonNullable<Value>>) => void,
): Value {
  if (sameJson(ours, theirs) || sameJson(base, theirs)) return ours
  if (sameJson(base, ours)) return theirs
  conflict(sidesOf(base, ours, theirs))
  return ours
}

const sidesOf = <Value>(base: Value, ours: Value, theirs: Value): Sides<NonNullable<Value>> => ({
  ...(base === undefined || base === null ? {} : { base }),
  ...(ours === undefined || ours === null ? {} : { ours }),
  ...(theirs === undefined || theirs === null ? {} : { theirs }),
})

const nameOf = ({ id, name }: Layer): LayerName => ({ id, name })
