import { compareVersions, parseVersion, type Version } from '../version.ts'

type Operator = '<' | '<=' | '>' | '>=' | '='

interface Comparator {
  readonly operator: Operator
  readonly version: Version
}

/** One of the alternatives must match; within an alternative, every comparator. */
export type VersionRange = readonly (readonly Comparator[])[]

const MOST_CHARACTERS = 256
const term = /^(\^|~|<=|>=|<|>|=)?(.+)$/

/**
 * Reads a range such as `>=1.4.0 <2.0.0`, `^1.4`, `~1.4.2`, `1.x` or `*`, with `||` between alternatives.
 *
 * Versions compare by plain semantic precedence. The usual package managers leave prereleases out of a range; a
 * policy must not, or whoever runs a prerelease client would fall out of its audience.
 */
export function parseVersionRange(text: string): VersionRange | undefined {
  if (text.length > MOST_CHARACTERS) return undefined
  const alternatives = text.split('||').map(parseAlternative)
  return alternatives.every((each) => each !== undefined) ? alternatives : undefined
}

export const isVersionInRange = (version: Version, range: VersionRange): boolean =>
  range.some((comparators) => comparators.every((comparator) => satisfies(version, comparator)))

function satisfies(version: Version, { operator, version: bound }: Comparator): boolean {
  const order = compareVersions(version, bound)
  switch (operator) {
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    case '>=':
      return order >= 0
    case '=':
      return order === 0
    default:
      return operator satisfies never
  }
}

function parseAlternative(text: string): readonly Comparator[] | undefined {
  // `>= 1.2` and `>=1.2` are the same; a space elsewhere separates.
  const words = text
    .trim()
    .replace(/([<>=^~])\s+/g, '$1')
    .split(/\s+/)
  const comparators = words.map(parseTerm)
  return comparators.every((each) => each !== undefined) ? comparators.flat() : undefined
}

function parseTerm(text: string): readonly Comparator[] | undefined {
  const parts = term.exec(text)
  const partial = parsePartial(parts?.[2] ?? '')
  if (partial === undefined) return undefined
  const { low, given } = partial
  switch (parts?.[1]) {
    case '^':
      return between(low, bumped(low, caretPlace(low, given)))
    case '~':
      return between(low, bumped(low, Math.min(given - 1, 1)))
    case '>=':
      return [{ operator: '>=', version: low }]
    case '<':
      return [{ operator: '<', version: given === 3 ? low : floor(low) }]
    case '>':
      return given === 3 ? [{ operator: '>', version: low }] : fromNext(low, given)
    case '<=':
      return given === 3 ? [{ operator: '<=', version: low }] : below(bumped(low, given - 1))
    default:
      return given === 3 ? [{ operator: '=', version: low }] : between(low, bumped(low, given - 1))
  }
}

interface Partial {
  readonly low: Version
  /** How many of major, minor and patch were written, from the left. */
  readonly given: number
}

const partialShape = /^(0|[1-9]\d{0,14}|[xX*])(?:\.(0|[1-9]\d{0,14}|[xX*]))?(?:\.([xX*]))?$/

/** A version, or a version that leaves out its end or writes x or * for it. */
function parsePartial(text: string): Partial | undefined {
  const version = parseVersion(text)
  if (version !== undefined) return { low: version, given: 3 }
  const parts = partialShape.exec(text)
  if (parts === null) return undefined
  const written = parts.slice(1).filter((part) => part !== undefined)
  const given = written.findIndex((part) => /[xX*]/.test(part))
  const numbers = (given === -1 ? written : written.slice(0, given)).map(Number)
  // 1.x.3 says nothing clear.
  if (given !== -1 && written.slice(given).some((part) => /\d/.test(part))) return undefined
  const [major = 0, minor = 0] = numbers
  return { low: { major, minor, patch: 0, prerelease: [] }, given: numbers.length }
}

/** Which part may not change: the leftmost that is not zero, of those that are written. */
function caretPlace(low: Version, given: number): number {
  if (low.major > 0 || given <= 1) return given === 0 ? -1 : 0
  return low.minor > 0 || given === 2 ? 1 : 2
}

/** The least version in which the part at this place is one higher; nothing when no part is fixed. */
function bumped(low: Version, place: number): Version | undefined {
  if (place < 0) return undefined
  const { major, minor, patch } = low
  if (place === 0) return floor({ major: major + 1, minor: 0, patch: 0, prerelease: [] })
  if (place === 1) return floor({ major, minor: minor + 1, patch: 0, prerelease: [] })
  return floor({ major, minor, patch: patch + 1, prerelease: [] })
}

/** Below every prerelease of this version, so that an upper bound keeps them out. */
const floor = (version: Version): Version => ({ ...version, prerelease: [0] })

const between = (low: Version, high: Version | undefined): readonly Comparator[] => [
  { operator: '>=', version: low },
  ...below(high),
]

const below = (high: Version | undefined): readonly Comparator[] =>
  high === undefined ? [] : [{ operator: '<', version: high }]

/** `>1.2` starts at 1.3.0; `>*` matches nothing. */
function fromNext(low: Version, given: number): readonly Comparator[] {
  const next = bumped(low, given - 1)
  return next === undefined ? [{ operator: '<', version: floor(zero) }] : [{ operator: '>=', version: next }]
}

const zero: Version = { major: 0, minor: 0, patch: 0, prerelease: [] }
