import { limits } from '../limits.ts'
import type { JsonProblem } from './json-problem.ts'

/** Stops a document that reaches into the prototypes of whatever program copies it. */
const forbidden: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/** So many problems are enough for a person; more would let a hostile document fill memory and logs. */
export const MOST_PROBLEMS = 1000

const MOST_NAME_CHARACTERS = 1024

const isForbiddenKey = (key: string): boolean => forbidden.has(key)

const forbiddenKey = (path: string): JsonProblem => ({
  path,
  code: 'forbidden_key',
  message: 'Rename this member: its name is reserved by programming languages.',
})

export const tooDeep: JsonProblem = {
  path: '',
  code: 'max_depth',
  message: `Nest objects and lists at most ${limits.document.depth} deep.`,
}

export const tooLarge: JsonProblem = {
  path: '',
  code: 'max_size',
  message: `Shorten the document to at most ${limits.document.bytes / 1024} KiB.`,
}

export const tooManyMembers = (path: string): JsonProblem => ({
  path,
  code: 'max_items',
  message: `Keep at most ${limits.document.members} entries here.`,
})

export const numberOutOfRange = (path: string, found: string): JsonProblem => ({
  path,
  code: 'number_range',
  message: 'Use a number that every client reads alike: not so large, and with fewer digits.',
  found: found.slice(0, 80),
})

/** The name as a path shows it: a hostile one is not repeated at full length in every problem below it. */
export const pathSegment = (name: string): string =>
  name.length > MOST_NAME_CHARACTERS ? `${name.slice(0, 64)}…` : name

/** What is wrong with the name of a member; such a member is left out. */
export function nameProblem(name: string, path: () => string): JsonProblem | undefined {
  if (isForbiddenKey(name)) return forbiddenKey(path())
  if (name.length > MOST_NAME_CHARACTERS) {
    return {
      path: path(),
      code: 'max_length',
      message: `Shorten this name to at most ${MOST_NAME_CHARACTERS} characters.`,
    }
  }
  return textProblem(name, path)
}

/** What is wrong with a text as a text, whatever it means. */
export function textProblem(text: string, path: () => string): JsonProblem | undefined {
  if (!text.isWellFormed()) {
    return {
      path: path(),
      code: 'lone_surrogate',
      message: 'Remove the broken character (half of a surrogate pair) from this text.',
    }
  }
  const most = limits.document.stringBytes
  const tooLong =
    text.length > most || (text.length * 3 > most && new TextEncoder().encode(text).length > most)
  return tooLong
    ? { path: path(), code: 'max_length', message: `Shorten this text to at most ${most / 1024} KiB.` }
    : undefined
}
