import { describeFound } from '../policy/describe-found.ts'
import { detectSecret } from '../policy/detect-secret.ts'
import { escapeUnsafeCharacters } from '../policy/unsafe-characters.ts'
import type { JsonValue } from './event.ts'

const MOST_CHARACTERS = 500
const secretName =
  /(?:^|[_.-])(?:token|secret|pass|passw(?:or)?d|passphrase|pwd|key|credentials?|auth|authorization|cookie)$/i

/** Copies a value for a record that is kept for ever: what looks like a secret is said to be one and not shown. */
export function maskSecrets(value: JsonValue, name?: string): JsonValue {
  if (typeof value === 'string') return maskText(value, name)
  if (isList(value)) return value.map((item) => maskSecrets(item, name))
  if (typeof value === 'object' && value !== null) return maskMembers(value)
  return value
}

/** A text from outside in a record: masked, shortened, and without characters that a terminal obeys. */
export function maskText(text: string, name?: string): string {
  const secret = secretKind(text, name)
  if (secret !== undefined) return notShown(secret, text)
  const shown = text.replace(/:\/\/[^/?#@]{0,400}@/g, '://***@')
  const short =
    shown.length > MOST_CHARACTERS
      ? `${shown.slice(0, MOST_CHARACTERS).toWellFormed()}… (${shown.length} characters)`
      : shown
  return escapeUnsafeCharacters(short)
}

/** Masks in a sentence what is a secret by its name only, which the writer of the sentence could not know. */
export function maskWithin(words: string, ...values: readonly JsonValue[]): string {
  let masked = words
  for (const value of values) {
    for (const [text, kind] of secretTexts(value)) {
      masked = masked.replaceAll(describeFound(text), notShown(kind, text))
    }
  }
  return masked
}

function secretKind(text: string, name: string | undefined): string | undefined {
  const detected = detectSecret(text, name)
  if (detected !== undefined) return detected
  // Short passwords do not look random: here the name alone is enough.
  return text !== '' && name !== undefined && secretName.test(name) ? 'a secret' : undefined
}

const notShown = (kind: string, text: string): string => `${kind} of ${text.length} characters, not shown`

function maskMembers(value: { readonly [member: string]: JsonValue }): JsonValue {
  const masked = new Map<string, JsonValue>()
  for (const [name, member] of Object.entries(value)) {
    let shown = maskText(name)
    // Two names that are masked alike are still two.
    while (masked.has(shown)) shown += '′'
    masked.set(shown, maskSecrets(member, name))
  }
  return Object.fromEntries(masked)
}

function secretTexts(value: JsonValue, name?: string): readonly (readonly [string, string])[] {
  if (typeof value === 'string') {
    const kind = secretKind(value, name)
    return kind === undefined ? [] : [[value, kind]]
  }
  if (isList(value)) return value.flatMap((item) => secretTexts(item, name))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([member, inner]) => secretTexts(inner, member))
}

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value)
