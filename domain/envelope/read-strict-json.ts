import { fail, ok, type Result } from '../result.ts'

export type StrictJsonProblem =
  | 'not_json'
  | 'too_deep'
  | 'duplicate_member'
  | 'lone_surrogate'
  | 'number_out_of_range'

/** What is open at a place in the text: an object with the names that it has had, or an array. */
type Open = { readonly names: Set<string> } | 'array'

/**
 * Reads JSON that means the same to every reader (RFC 7493): no member twice, no half of a surrogate pair, no number
 * that turns into infinity. `JSON.parse` takes the last of two members where another reader takes the first, so a
 * signature over one would vouch for the other.
 */
export function readStrictJson(text: string, maxDepth: number): Result<unknown, StrictJsonProblem> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return fail('not_json')
  }
  const problem = findAmbiguity(text, maxDepth)
  return problem === undefined ? ok(value) : fail(problem)
}

/** Walks a text that is known to be JSON. */
function findAmbiguity(text: string, maxDepth: number): StrictJsonProblem | undefined {
  const open: Open[] = []
  let nameExpected = false
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at)
    if (letter === '{' || letter === '[') {
      if (open.length === maxDepth) return 'too_deep'
      open.push(letter === '{' ? { names: new Set() } : 'array')
      nameExpected = letter === '{'
    } else if (letter === '}' || letter === ']') {
      open.pop()
      nameExpected = false
    } else if (letter === ',') {
      nameExpected = open.at(-1) !== 'array'
    } else if (letter === '"') {
      const end = endOfString(text, at)
      const problem = inspectString(text.slice(at, end), nameExpected ? open.at(-1) : undefined)
      if (problem !== undefined) return problem
      nameExpected = false
      at = end - 1
    } else if (letter === '-' || (letter >= '0' && letter <= '9')) {
      const end = endOfNumber(text, at)
      if (!Number.isFinite(Number(text.slice(at, end)))) return 'number_out_of_range'
      at = end - 1
    }
  }
  return undefined
}

function inspectString(literal: string, owner: Open | undefined): StrictJsonProblem | undefined {
  const value: unknown = literal.includes('\\') ? JSON.parse(literal) : literal.slice(1, -1)
  if (typeof value !== 'string' || !value.isWellFormed()) return 'lone_surrogate'
  if (owner === undefined || owner === 'array') return undefined
  if (owner.names.has(value)) return 'duplicate_member'
  owner.names.add(value)
  return undefined
}

function endOfString(text: string, start: number): number {
  let at = start + 1
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at + 1
}

function endOfNumber(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && '0123456789+-.eE'.includes(text.charAt(at))) at += 1
  return at
}
