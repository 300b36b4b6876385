import { limits } from './limits.ts'

/** A semantic version 2.0.0. Build metadata is left out: it has no say in precedence. */
export interface Version {
  readonly major: number
  readonly minor: number
  readonly patch: number
  readonly prerelease: readonly (number | string)[]
}

const number = '(0|[1-9]\\d*)'
const identifier = '(?:0|[1-9]\\d*|\\d*[A-Za-z-][0-9A-Za-z-]*)'
const shape = new RegExp(
  `^${number}\\.${number}\\.${number}(?:-(${identifier}(?:\\.${identifier})*))?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?$`,
)

export function parseVersion(text: string): Version | undefined {
  // The length is looked at first, so that a hostile version never meets the pattern.
  if (text.length > limits.request.clientVersionCharacters) return undefined
  const parts = shape.exec(text)
  if (parts === null) return undefined
  const [major, minor, patch] = parts.slice(1, 4).map(Number)
  if (!isPart(major) || !isPart(minor) || !isPart(patch)) return undefined
  return { major, minor, patch, prerelease: (parts[4]?.split('.') ?? []).map(prereleasePart) }
}

const isPart = (part: number | undefined): part is number => Number.isSafeInteger(part)

const prereleasePart = (text: string): number | string => (/^\d+$/.test(text) ? Number(text) : text)

/** Precedence as semantic versioning 2.0.0 section 11 has it: below zero when `one` is the older. */
export function compareVersions(one: Version, other: Version): number {
  return (
    one.major - other.major ||
    one.minor - other.minor ||
    one.patch - other.patch ||
    comparePrereleases(one.prerelease, other.prerelease)
  )
}

function comparePrereleases(one: Version['prerelease'], other: Version['prerelease']): number {
  if (one.length === 0 || other.length === 0) return other.length - one.length
  for (const [index, part] of one.entries()) {
    const counterpart = other[index]
    if (counterpart === undefined) return 1
    const difference = compareParts(part, counterpart)
    if (difference !== 0) return difference
  }
  return one.length - other.length
}

function compareParts(one: number | string, other: number | string): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other
  if (typeof one === 'number') return -1
  if (typeof other === 'number') return 1
  return one < other ? -1 : one > other ? 1 : 0
}
