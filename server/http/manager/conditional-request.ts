/**
 * Whether If-None-Match holds the tag, by the weak comparison of RFC 9110, 8.8.3.2: `*`, lists and `W/` included.
 * Whatever is no entity tag matches nothing. `tag` is written with its quotes.
 */
export function matchesEntityTag(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false
  if (ifNoneMatch === tag) return true
  const value = ifNoneMatch.trim()
  if (value === '*') return true

  let at = 0
  while (at < value.length) {
    entityTag.lastIndex = at
    const match = entityTag.exec(value)
    if (match === null) return false
    if (match[1] === tag) return true
    at = entityTag.lastIndex
  }
  return false
}

/** One list element with its comma. Sticky, and no part can match the same text twice: linear in its input. */
const entityTag = /[\t ]*(?:W\/)?("[\x21\x23-\x7e\x80-\xff]*")?[\t ]*(?:,|$)/y
