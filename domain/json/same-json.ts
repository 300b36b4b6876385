import { isJsonObject } from './json-value.ts'

/** Whether two JSON values say the same, whatever the order of their members. */
export function sameJson(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => sameJson(item, other[index]))
  }
  if (!isJsonObject(one) || !isJsonObject(other)) return false
  const members = Object.keys(one)
  return (
    members.length === Object.keys(other).length &&
    members.every((member) => Object.hasOwn(other, member) && sameJson(one[member], other[member]))
  )
}
