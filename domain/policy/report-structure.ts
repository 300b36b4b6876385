import { z } from 'zod'
import { isJsonObject } from '../json/json-value.ts'
import type { PolicyProblemCode } from './problem.ts'
import type { ProblemCollector } from './problem-collector.ts'
import { suggestName } from './suggest-name.ts'
import { escapeUnsafeCharacters } from './unsafe-characters.ts'

type Issue = z.core.$ZodIssue
type Path = readonly (string | number)[]

/** Checks the structure and reports each problem under a code and sentence of ours. */
export function reportStructure(schema: z.ZodType, value: unknown, collector: ProblemCollector): void {
  const parsed = schema.safeParse(value)
  if (parsed.success) return
  for (const issue of parsed.error.issues) reportIssue(issue, value, schema, collector)
}

function reportIssue(issue: Issue, document: unknown, schema: z.ZodType, collector: ProblemCollector): void {
  const path = issue.path.map((segment) => (typeof segment === 'number' ? segment : String(segment)))
  const found = valueAt(document, path)
  if (issue.code === 'unrecognized_keys') {
    const known = knownMembers(jsonSchemaOf(schema), path)
    for (const key of issue.keys) {
      collector.refuse([...path, key], 'unknown_key', unknownKeySentence(key, known), valueAt(found, [key]))
    }
    return
  }
  if (found === undefined) {
    collector.refuse(
      path,
      'required',
      `Add ${quoted(String(path.at(-1) ?? 'the document'))}: it is required.`,
      undefined,
    )
    return
  }
  const { code, message } = explain(issue)
  collector.refuse(path, code, message, found)
}

interface Explanation {
  readonly code: PolicyProblemCode
  readonly message: string
}

function explain(issue: Exclude<Issue, { code: 'unrecognized_keys' }>): Explanation {
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue.expected)
    case 'invalid_value':
      return { code: 'enum', message: `Use ${choices(issue.values.map((value) => quoted(String(value))))}.` }
    case 'too_big':
      return { code: 'range', message: `Use a number of at most ${issue.maximum}.` }
    case 'too_small':
      return { code: 'range', message: `Use a number of at least ${issue.minimum}.` }
    case 'custom':
      return custom(issue.params ?? {})
    default:
      throw new TypeError(`no policy problem for a schema issue of the kind ${issue.code}`)
  }
}

function wrongType(expected: string): Explanation {
  switch (expected) {
    case 'object':
    case 'record':
      return { code: 'type_object', message: 'Write an object in braces here.' }
    case 'array':
      return { code: 'type_array', message: 'Write a list in square brackets here.' }
    case 'boolean':
      return { code: 'type_boolean', message: 'Write true or false, without quotes.' }
    case 'string':
      return { code: 'type_string', message: 'Write a text in quotes here.' }
    case 'number':
      return { code: 'type_number', message: 'Write a number, without quotes.' }
    default:
      throw new TypeError(`no policy problem for the expected type ${expected}`)
  }
}

function custom(params: Readonly<Record<string, unknown>>): Explanation {
  const members = Array.isArray(params.members) ? params.members.map((member) => quoted(String(member))) : []
  switch (params.code) {
    case 'max_length':
      return {
        code: 'max_length',
        message: `Shorten this text to at most ${String(params.most)} characters.`,
      }
    case 'exactly_one':
      return { code: 'exactly_one', message: `Give exactly one of ${members.join(' and ')}.` }
    case 'empty':
      return { code: 'empty', message: `Give ${choices(members)}, or leave the whole directive out.` }
    default:
      throw new TypeError(`no policy problem for the check ${String(params.code)}`)
  }
}

function unknownKeySentence(key: string, known: readonly string[]): string {
  const suggestion = suggestName(key, known)
  if (suggestion !== undefined) return `Did you mean ${quoted(suggestion)}? ${quoted(key)} is not known here.`
  return known.length === 0
    ? `Remove ${quoted(key)}: it is not known here.`
    : `Remove ${quoted(key)}: it is not known here. Known are ${known.join(', ')}.`
}

const jsonSchemas = new WeakMap<z.ZodType, unknown>()

function jsonSchemaOf(schema: z.ZodType): unknown {
  const known = jsonSchemas.get(schema)
  if (known !== undefined) return known
  const made = z.toJSONSchema(schema, { unrepresentable: 'any' })
  jsonSchemas.set(schema, made)
  return made
}

/** The members that the schema knows for the object at this path. */
function knownMembers(schema: unknown, path: Path): readonly string[] {
  let place: unknown = schema
  for (const segment of path) {
    const properties = isJsonObject(place) ? place.properties : undefined
    const items = isJsonObject(place) ? place.items : undefined
    place = typeof segment === 'number' ? items : isJsonObject(properties) ? properties[segment] : undefined
  }
  const properties = isJsonObject(place) ? place.properties : undefined
  return isJsonObject(properties) ? Object.keys(properties) : []
}

function valueAt(value: unknown, path: Path): unknown {
  let place: unknown = value
  for (const segment of path) {
    if (typeof place !== 'object' || place === null || !Object.hasOwn(place, segment)) return undefined
    place = Reflect.get(place, segment)
  }
  return place
}

const quoted = (name: string): string => escapeUnsafeCharacters(`"${name.slice(0, 64).toWellFormed()}"`)

const choices = (options: readonly string[]): string =>
  options.length < 2 ? options.join('') : `${options.slice(0, -1).join(', ')} or ${options.at(-1)}`
