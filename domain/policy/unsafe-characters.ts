/**
 * Control characters (which a terminal obeys), line and paragraph separators, and bidirectional overrides and
 * isolates (which make a text read differently from what it says).
 */
const unsafe = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u
const unsafeEverywhere = new RegExp(unsafe.source, 'gu')

export const hasUnsafeCharacter = (text: string): boolean => unsafe.test(text)

/** Writes unsafe characters as `\u{…}`, so that a text from outside can be printed. */
export const escapeUnsafeCharacters = (text: string): string =>
  text.replace(unsafeEverywhere, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
