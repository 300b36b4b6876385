import { sameJson } from '../json/same-json.ts'

type Ids = readonly string[]

export interface MergedOrder {
  readonly ids: Ids
  /** Both sides moved layers, and not to the same order. */
  readonly conflict: boolean
}

/** The order of the layers that a merge kept: whose order changed decides, and what the other added is put in. */
export function mergeLayerOrder(base: Ids, ours: Ids, theirs: Ids, kept: ReadonlySet<string>): MergedOrder {
  const keep = (side: Ids): Ids => side.filter((id) => kept.has(id))
  const [was, here, there] = [keep(base), keep(ours), keep(theirs)]
  const oursMoved = hasMoved(was, here)
  const theirsMoved = hasMoved(was, there)
  const disagree = hasMoved(here, there)
  // Theirs is what is published: where nothing was moved, our additions go above theirs in the same gap.
  const [leading, following] = oursMoved ? [here, there] : [there, here]
  return { ids: insertMissing(leading, following), conflict: oursMoved && theirsMoved && disagree }
}

/** Whether the layers that both have stand in another order. */
function hasMoved(one: Ids, other: Ids): boolean {
  return !sameJson(
    one.filter((id) => other.includes(id)),
    other.filter((id) => one.includes(id)),
  )
}

/** Puts what only `following` has after the layer that it follows there, and after what was added in that gap. */
function insertMissing(leading: Ids, following: Ids): Ids {
  const merged = [...leading]
  const inLeading = new Set(leading)
  const inFollowing = new Set(following)
  following.forEach((id, index) => {
    if (inLeading.has(id)) return
    let place = index === 0 ? 0 : merged.indexOf(following[index - 1] ?? '') + 1
    while (place < merged.length && !inFollowing.has(merged[place] ?? '')) place += 1
    merged.splice(place, 0, id)
  })
  return merged
}
