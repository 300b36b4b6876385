import { detectSecret } from './detect-secret.ts'
import { escapeUnsafeCharacters } from './unsafe-characters.ts'

const MOST_CHARACTERS = 80

/** What stood at a place, for a person: short, printable, and without the secret that it may be. */
export function describeFound(value: unknown, name?: string): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value))
    return value.length === 1 ? 'a list with 1 item' : `a list with ${value.length} items`
  if (typeof value === 'object' && value !== null) {
    const count = Object.keys(value).length
    return count === 1 ? 'an object with 1 member' : `an object with ${count} members`
  }
  if (typeof value !== 'string') return String(value)
  const secret = detectSecret(value, name)
  if (secret !== undefined) return `${secret} of ${value.length} characters, not shown`
  const masked = maskUserinfo(value)
  const shown =
    masked.length > MOST_CHARACTERS ? `${masked.slice(0, MOST_CHARACTERS).toWellFormed()}…` : masked
  return escapeUnsafeCharacters(JSON.stringify(shown))
}

/** A password stays out of logs even where it is too short to look like one. */
const maskUserinfo = (text: string): string => text.replace(/:\/\/[^/?#@]{0,400}@/, '://***@')
