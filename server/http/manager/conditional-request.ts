/**
 * Whether If-None-Match holds the tag, by the weak comparison of RFC 9110, 8.8.3.2: `*`, lists and `W/` included.
 * Whatever is no entity tag ends the list. `tag` is written with its quotes.
 */
export function matchesEntityTag(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false
  if (ifNoneMatch === tag) return true
  const value = ifNoneMatch.trim()
  if (value === '*') return true

  let at = 0
  while (at < value.length) {
    element.lastIndex = at
    const match = element.exec(value)
    if (match === null) return false
    if (match[1] === tag) return true
    at = element.lastIndex
  }
  return false
}

/**
 * One list element with its comma; it may be empty. Blanks before and after the tag are apart: side by side they
 * could share a long run of blanks in as many ways as it is long, and somebody would send one.
 */
const element = /[\t ]*(?:(?:W\/)?("[\x21\x23-\x7e\x80-\xff]*")[\t ]*)?(?:,|$)/y
