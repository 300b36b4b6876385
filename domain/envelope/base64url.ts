const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

const lettersValue: ReadonlyMap<string, number> = new Map(
  [...alphabet].map((letter, value) => [letter, value]),
)

/** base64url without padding (RFC 7515, section 2). */
export function encodeBase64Url(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    text += alphabet.charAt(group >> 18) + alphabet.charAt((group >> 12) & 63)
    if (left > 1) text += alphabet.charAt((group >> 6) & 63)
    if (left > 2) text += alphabet.charAt(group & 63)
  }
  return text
}

/**
 * Undefined for anything but the one spelling that these bytes have: padding, white space, the letters of plain
 * base64, a lone last letter and left-over bits are refused, so that one signature cannot be written in two ways.
 */
export function decodeBase64Url(text: string): Uint8Array | undefined {
  if (text.length % 4 === 1) return undefined
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  let written = 0
  let held = 0
  let bits = 0
  for (const letter of text) {
    const value = lettersValue.get(letter)
    if (value === undefined) return undefined
    held = ((held << 6) | value) & 0xffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[written] = (held >> bits) & 0xff
      written += 1
    }
  }
  return (held & ((1 << bits) - 1)) === 0 ? bytes : undefined
}

export const encodeText = (text: string): string => encodeBase64Url(new TextEncoder().encode(text))
