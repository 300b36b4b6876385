const MOST_CHARACTERS = 64

/** The known name that was probably meant: written with other separators or case, or with a slip or two. */
export function suggestName(name: string, known: readonly string[]): string | undefined {
  if (name.length > MOST_CHARACTERS) return undefined
  const plain = plainName(name)
  const same = known.find((candidate) => plainName(candidate) === plain)
  if (same !== undefined) return same
  const most = plain.length <= 4 ? 1 : 2
  let best: string | undefined
  let least = most + 1
  for (const candidate of known) {
    const slips = distance(plain, plainName(candidate), most)
    if (slips < least) {
      least = slips
      best = candidate
    }
  }
  return best
}

const plainName = (name: string): string => name.toLowerCase().replaceAll(/[_\-\s]/g, '')

/** Levenshtein distance, given up on when the lengths alone are too far apart. */
function distance(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= other.length; column += 1) {
      const replaced = at(previous, column - 1) + (one[row - 1] === other[column - 1] ? 0 : 1)
      current.push(Math.min(replaced, at(previous, column) + 1, at(current, column - 1) + 1))
    }
    previous = current
  }
  return at(previous, other.length)
}

const at = (row: readonly number[], column: number): number => row[column] ?? Number.POSITIVE_INFINITY
