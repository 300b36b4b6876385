import { limits } from '../limits.ts'
import { isExactJsonNumber } from './exact-number.ts'
import { jsonPointer } from './json-pointer.ts'
import type { JsonProblem, JsonReading } from './json-problem.ts'
import {
  MOST_PROBLEMS,
  nameProblem,
  numberOutOfRange,
  pathSegment,
  textProblem,
  tooDeep,
  tooLarge,
  tooManyMembers,
} from './member-rules.ts'

/**
 * Copies a value that another parser made (YAML, for one) under the rules that `readJson` has for a text. Each
 * member is read once, so that a getter or an alias cannot show two faces; a cycle is too deep by nature.
 */
export function copyJsonValue(value: unknown): JsonReading {
  return new ValueCopier().copy(value)
}

class ValueCopier {
  readonly #problems: JsonProblem[] = []
  readonly #path: (string | number)[] = []
  #weight = 0
  #fatal: JsonProblem | undefined

  copy(value: unknown): JsonReading {
    const copied = this.#value(value)
    return this.#fatal === undefined
      ? { value: copied, problems: this.#problems }
      : { problems: [this.#fatal] }
  }

  #value(value: unknown): unknown {
    this.#weigh(1)
    if (value === null || typeof value === 'boolean') return value
    if (typeof value === 'string') return this.#string(value)
    if (typeof value === 'number') return this.#number(value)
    if (Array.isArray(value)) return this.#container(() => this.#array(value))
    if (isPlainObject(value)) return this.#container(() => this.#object(value))
    this.#report({
      path: this.#pointer(),
      code: 'not_json',
      message: 'Use a text, number, true, false, list or map: JSON has no other kind of value.',
      found: typeof value,
    })
    return null
  }

  #container(copy: () => unknown): unknown {
    if (this.#path.length < limits.document.depth) return copy()
    this.#fatal ??= tooDeep
    return null
  }

  #object(source: object): unknown {
    const members: Record<string, unknown> = {}
    const names = Object.keys(source)
    this.#checkCount(names.length)
    for (const name of names.slice(0, limits.document.members)) {
      if (this.#fatal !== undefined) break
      this.#weigh(name.length)
      this.#path.push(pathSegment(name))
      const broken = nameProblem(name, () => this.#pointer())
      if (broken === undefined) members[name] = this.#value(Reflect.get(source, name))
      else this.#report(broken)
      this.#path.pop()
    }
    return members
  }

  #array(source: readonly unknown[]): unknown {
    const items: unknown[] = []
    this.#checkCount(source.length)
    for (const [index, item] of source.slice(0, limits.document.members).entries()) {
      if (this.#fatal !== undefined) break
      this.#path.push(index)
      items.push(this.#value(item))
      this.#path.pop()
    }
    return items
  }

  #string(text: string): unknown {
    this.#weigh(text.length)
    const problem = textProblem(text, () => this.#pointer())
    if (problem !== undefined) this.#report(problem)
    return text
  }

  #number(value: number): unknown {
    if (isExactJsonNumber(value)) return value + 0
    this.#report(numberOutOfRange(this.#pointer(), String(value)))
    return 0
  }

  #checkCount(count: number): void {
    if (count > limits.document.members) this.#report(tooManyMembers(this.#pointer()))
  }

  /** Stops aliases that make a small text unfold into a huge value. */
  #weigh(amount: number): void {
    this.#weight += amount
    if (this.#weight > limits.document.bytes) this.#fatal ??= tooLarge
  }

  #report(problem: JsonProblem): void {
    if (this.#problems.length < MOST_PROBLEMS) this.#problems.push(problem)
  }

  #pointer(): string {
    return jsonPointer(this.#path)
  }
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
