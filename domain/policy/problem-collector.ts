import { jsonPointer } from '../json/json-pointer.ts'
import type { JsonProblem } from '../json/json-problem.ts'
import { isJsonObject } from '../json/json-value.ts'
import { MOST_PROBLEMS } from '../json/member-rules.ts'
import { describeFound } from './describe-found.ts'
import type { Report } from './directives/directive.ts'
import type { PolicyProblem, PolicyProblemCode } from './problem.ts'
import { escapeUnsafeCharacters } from './unsafe-characters.ts'

type Path = readonly (string | number)[]

/** These refuse a container for how many members it has; the members themselves may be sound. */
const aboutMembers: ReadonlySet<PolicyProblemCode> = new Set(['exactly_one', 'empty', 'max_items'])

/** Gathers the problems of one document. A place that was refused for its structure is not judged again. */
export class ProblemCollector {
  readonly #problems: PolicyProblem[] = []
  readonly #refused = new Set<string>()

  addJsonProblems(problems: readonly JsonProblem[]): void {
    for (const problem of problems) {
      const found = problem.found === undefined ? {} : { found: escapeUnsafeCharacters(problem.found) }
      this.#problems.push({ ...problem, ...found, severity: 'error' })
      if (!aboutMembers.has(problem.code)) this.#refused.add(problem.path)
    }
  }

  /** Takes over what was found in a part of the document; `base` is where that part stands. */
  addBelow(base: string, problems: readonly PolicyProblem[]): void {
    for (const problem of problems) {
      const path = base + problem.path
      if (!this.#refused.has(path)) this.#problems.push({ ...problem, path })
    }
  }

  all(): readonly PolicyProblem[] {
    return this.#problems
  }

  /** A structural problem: the value there is not used by any later check. */
  refuse(path: Path, code: PolicyProblemCode, message: string, found: unknown): void {
    const pointer = jsonPointer(path)
    if (this.#refused.has(pointer)) return
    if (!aboutMembers.has(code)) this.#refused.add(pointer)
    this.#problems.push({
      path: pointer,
      code,
      message,
      severity: 'error',
      ...foundThere(found, path),
    })
  }

  /** Where the checks of meaning write, with paths relative to `base`. */
  reportBelow(base: Path): Report {
    const add =
      (severity: 'error' | 'warning') =>
      (path: Path, code: PolicyProblemCode, message: string, found?: unknown): void => {
        const whole = [...base, ...path]
        const pointer = jsonPointer(whole)
        if (this.#refused.has(pointer)) return
        this.#problems.push({ path: pointer, code, message, severity, ...foundThere(found, whole) })
      }
    return { error: add('error'), warning: add('warning') }
  }

  /** A copy of the value without what was refused; `undefined` when all of it was. */
  soundPart(value: unknown, path: Path): unknown {
    if (this.#refused.has(jsonPointer(path))) return undefined
    if (Array.isArray(value))
      return value.filter((_, index) => !this.#refused.has(jsonPointer([...path, index])))
    if (!isJsonObject(value)) return value
    const sound: Record<string, unknown> = {}
    for (const [name, member] of Object.entries(value)) {
      const part = this.soundPart(member, [...path, name])
      if (part !== undefined) sound[name] = part
    }
    return sound
  }

  /** Whether the structure at or below this place was refused. */
  isRefusedWithin(path: Path): boolean {
    const pointer = jsonPointer(path)
    return (
      this.#refused.has(pointer) || [...this.#refused].some((refused) => refused.startsWith(`${pointer}/`))
    )
  }

  hasErrors(): boolean {
    return this.#problems.some(isError)
  }

  /** The problems in the order of the document; where there are too many, errors come before warnings. */
  inOrderOf(value: unknown): readonly PolicyProblem[] {
    if (this.#problems.length < 2) return this.#problems
    const positions = new Map<string, number>()
    numberPlaces(value, '', positions)
    return this.#mostImportant()
      .map((problem) => ({ problem, position: positionOf(problem.path, positions) }))
      .sort((one, other) => one.position - other.position)
      .map(({ problem }) => problem)
  }

  #mostImportant(): readonly PolicyProblem[] {
    if (this.#problems.length <= MOST_PROBLEMS) return this.#problems
    const errors = this.#problems.filter(isError)
    const warnings = this.#problems.filter((problem) => !isError(problem))
    return [...errors, ...warnings].slice(0, MOST_PROBLEMS)
  }
}

const isError = (problem: PolicyProblem): boolean => problem.severity === 'error'

function foundThere(found: unknown, path: Path): { readonly found?: string } {
  return found === undefined ? {} : { found: describeFound(found, String(path.at(-1) ?? '')) }
}

function numberPlaces(value: unknown, pointer: string, positions: Map<string, number>): void {
  positions.set(pointer, positions.size)
  if (typeof value !== 'object' || value === null) return
  for (const [name, member] of Object.entries(value)) {
    numberPlaces(member, pointer + jsonPointer([name]), positions)
  }
}

/** A place that is not there stands right after the nearest place above it that is. */
function positionOf(pointer: string, positions: ReadonlyMap<string, number>): number {
  const position = positions.get(pointer)
  if (position !== undefined) return position
  for (let end = pointer.lastIndexOf('/'); end >= 0; end = pointer.lastIndexOf('/', end - 1)) {
    const above = positions.get(pointer.slice(0, end))
    if (above !== undefined) return above + 0.5
    if (end === 0) break
  }
  return 0
}
