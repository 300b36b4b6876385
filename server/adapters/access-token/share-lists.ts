type Names = readonly string[]

const MOST_LISTS = 4096
const none: Names = Object.freeze([])

/**
 * Gives back one and the same array for equal lists. Ten thousand people are in a few hundred combinations of groups;
 * kept once each, a remembered token costs little, and two people in the same groups can be told by the reference.
 */
export const createSharedLists = (): ((names: Names) => Names) => {
  let lists = new Map<string, Names>()
  return (names) => {
    if (names.length === 0) return none
    // JSON, not a separator of our own: a name may hold any separator.
    const key = JSON.stringify(names)
    const known = lists.get(key)
    if (known !== undefined) return known
    if (lists.size >= MOST_LISTS) lists = new Map()
    const list = Object.freeze([...names])
    lists.set(key, list)
    return list
  }
}
