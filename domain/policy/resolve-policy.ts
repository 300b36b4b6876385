import type { Layer } from './layer.ts'
import type { DirectiveEntry, DirectiveKey, EnterpriseConfig } from './policy-document.ts'

export interface LayerName {
  readonly id: string
  readonly name: string
}

export interface HiddenEntry {
  readonly layer: LayerName
  readonly value: DirectiveEntry
  /** `replaced`: a later layer governs it. `final`: an earlier layer lets no later one govern it. */
  readonly because: 'replaced' | 'final'
}

export interface Origin {
  /** The layer that the value comes from; where nothing governs the directive, the layer that made it final. */
  readonly layer: LayerName
  /** Whether no later layer can change it. */
  readonly final: boolean
  readonly hides: readonly HiddenEntry[]
}

export interface ResolvedPolicy {
  readonly config: EnterpriseConfig
  /** One for every directive of `config`, and for each that a layer keeps from being governed. */
  readonly origins: { readonly [Key in DirectiveKey]?: Origin }
}

/**
 * The policy that results from these layers, lowest precedence first. A later layer replaces a directive whole,
 * unless an earlier one made it final.
 */
export function resolvePolicy(layers: readonly Layer[]): ResolvedPolicy {
  const slots = new Map<DirectiveKey, Slot>()
  for (const layer of layers) {
    for (const key of governedKeys(layer.directives)) place(slots, key, layer)
    for (const key of layer.final ?? []) makeFinal(slots, key, layer)
  }
  const config: { [Key in DirectiveKey]?: DirectiveEntry } = {}
  const origins: { [Key in DirectiveKey]?: Origin } = {}
  for (const [key, slot] of slots) {
    if (slot.entry !== undefined) config[key] = slot.entry
    origins[key] = { layer: slot.layer, final: slot.final, hides: slot.hides }
  }
  // Each entry was taken from the same key of a layer.
  return { config: config as EnterpriseConfig, origins }
}

interface Slot {
  layer: LayerName
  entry: DirectiveEntry | undefined
  final: boolean
  readonly hides: HiddenEntry[]
}

function place(slots: Map<DirectiveKey, Slot>, key: DirectiveKey, layer: Layer): void {
  const entry = layer.directives[key]
  if (entry === undefined) return
  const slot = slots.get(key)
  if (slot === undefined) {
    slots.set(key, { layer: nameOf(layer), entry, final: false, hides: [] })
  } else if (slot.final) {
    slot.hides.push({ layer: nameOf(layer), value: entry, because: 'final' })
  } else {
    if (slot.entry !== undefined)
      slot.hides.push({ layer: slot.layer, value: slot.entry, because: 'replaced' })
    slot.layer = nameOf(layer)
    slot.entry = entry
  }
}

function makeFinal(slots: Map<DirectiveKey, Slot>, key: DirectiveKey, layer: Layer): void {
  const slot = slots.get(key)
  if (slot === undefined) slots.set(key, { layer: nameOf(layer), entry: undefined, final: true, hides: [] })
  else slot.final = true
}

const nameOf = ({ id, name }: Layer): LayerName => ({ id, name })

/** `Object.keys` with the type that the door has already checked. */
const governedKeys = (config: EnterpriseConfig): readonly DirectiveKey[] =>
  Object.keys(config) as DirectiveKey[]
