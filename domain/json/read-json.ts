import { limits } from '../limits.ts'
import { decodeDocument } from './decode-document.ts'
import { exactNumber } from './exact-number.ts'
import { jsonPointer } from './json-pointer.ts'
import type { JsonProblem, JsonReading } from './json-problem.ts'
import { JsonScanner, type ScanStop } from './json-scanner.ts'
import {
  MOST_PROBLEMS,
  nameProblem,
  numberOutOfRange,
  pathSegment,
  textProblem,
  tooDeep,
  tooManyMembers,
} from './member-rules.ts'

/**
 * Reads JSON as RFC 8259 and I-JSON (RFC 7493) have it, and says all that is wrong with it at once. `JSON.parse`
 * takes the last of two members with one name, rounds numbers and keeps broken characters: two programs could
 * read two policies from one signed text.
 */
export function readJson(source: Uint8Array | string): JsonReading {
  const text = decodeDocument(source)
  if (!text.ok) return { problems: [text.problem] }
  return new DocumentReader(text.value).document()
}

class DocumentReader {
  readonly #scanner: JsonScanner
  readonly #problems: JsonProblem[] = []
  readonly #path: (string | number)[] = []

  constructor(text: string) {
    this.#scanner = new JsonScanner(text)
  }

  document(): JsonReading {
    const value = this.#value()
    if (this.#scanner.stop === undefined && this.#scanner.peek() !== '') this.#scanner.fail('nothing more')
    if (this.#problems.includes(tooDeep)) return { problems: [tooDeep] }
    if (this.#scanner.stop !== undefined) {
      return { problems: [...this.#problems, syntaxProblem(this.#scanner.text, this.#scanner.stop)] }
    }
    return { value, problems: this.#problems }
  }

  #value(): unknown {
    const next = this.#scanner.peek()
    if (next === '{') return this.#container(() => this.#object())
    if (next === '[') return this.#container(() => this.#array())
    if (next === '"') return this.#string()
    if (this.#scanner.takeWord('true')) return true
    if (this.#scanner.takeWord('false')) return false
    if (this.#scanner.takeWord('null')) return null
    return this.#number()
  }

  /** Stops a document that is nested so deep that a program which reads it runs out of stack. */
  #container(read: () => unknown): unknown {
    if (this.#path.length < limits.document.depth) return read()
    this.#problems.push(tooDeep)
    return this.#scanner.fail('less nesting')
  }

  #object(): unknown {
    const members: Record<string, unknown> = {}
    let count = 0
    this.#scanner.take('{')
    if (this.#scanner.take('}')) return members
    do {
      if (this.#scanner.peek() !== '"') return this.#scanner.fail('a member name in double quotes')
      const name = this.#scanner.string()
      if (name === undefined) return undefined
      if (!this.#scanner.take(':')) return this.#scanner.fail('a colon')
      this.#path.push(pathSegment(name))
      const usable = this.#isUsable(name, members)
      const value = this.#value()
      this.#path.pop()
      if (this.#scanner.stop !== undefined) return undefined
      count += 1
      if (usable && count <= limits.document.members) members[name] = value
    } while (this.#scanner.take(','))
    this.#checkCount(count)
    return this.#scanner.take('}') ? members : this.#scanner.fail('a comma or }')
  }

  #array(): unknown {
    const items: unknown[] = []
    let count = 0
    this.#scanner.take('[')
    if (this.#scanner.take(']')) return items
    do {
      this.#path.push(count)
      const item = this.#value()
      this.#path.pop()
      if (this.#scanner.stop !== undefined) return undefined
      count += 1
      if (count <= limits.document.members) items.push(item)
    } while (this.#scanner.take(','))
    this.#checkCount(count)
    return this.#scanner.take(']') ? items : this.#scanner.fail('a comma or ]')
  }

  #isUsable(name: string, members: Readonly<Record<string, unknown>>): boolean {
    const problem = nameProblem(name, () => this.#pointer())
    if (problem !== undefined) {
      this.#report(problem)
      return false
    }
    if (!Object.hasOwn(members, name)) return true
    // Stops a text that one program reads by its first member and another by its last.
    this.#report({
      path: this.#pointer(),
      code: 'duplicate_key',
      message: 'Keep one of the members that have this name.',
    })
    return false
  }

  #string(): unknown {
    const text = this.#scanner.string()
    if (text === undefined) return undefined
    const problem = textProblem(text, () => this.#pointer())
    if (problem !== undefined) this.#report(problem)
    return text
  }

  #number(): unknown {
    const literal = this.#scanner.numberLiteral()
    if (literal === undefined) return undefined
    const value = exactNumber(literal)
    if (value === undefined) this.#report(numberOutOfRange(this.#pointer(), literal))
    return value ?? 0
  }

  #checkCount(count: number): void {
    if (count > limits.document.members) this.#report(tooManyMembers(this.#pointer()))
  }

  #report(problem: JsonProblem): void {
    if (this.#problems.length < MOST_PROBLEMS) this.#problems.push(problem)
  }

  #pointer(): string {
    return jsonPointer(this.#path)
  }
}

function syntaxProblem(text: string, stop: ScanStop): JsonProblem {
  const before = text.slice(0, stop.position)
  const line = before.split('\n').length
  const column = stop.position - before.lastIndexOf('\n')
  // No more than one character: what follows may be a secret that somebody forgot to quote.
  const [there = 'the end of the document'] = text.slice(stop.position, stop.position + 2)
  return {
    path: '',
    code: 'json_syntax',
    message: `Correct line ${line}, column ${column}: expected ${stop.expected}.${hint(text, stop.position)}`,
    found: there,
  }
}

/** What people write because other languages allow it. */
function hint(text: string, position: number): string {
  if (text[position] === '/' || text[position] === '#') return ' JSON has no comments.'
  if (text[position] === "'") return ' JSON wants double quotes.'
  const before = text.slice(Math.max(0, position - 200), position).trimEnd()
  const closing = text[position] === '}' || text[position] === ']'
  return closing && before.endsWith(',') ? ' Remove the comma before it.' : ''
}
