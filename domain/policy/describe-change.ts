import { isJsonObject } from '../json/json-value.ts'
import { sameJson } from '../json/same-json.ts'
import { describeEnforcement } from './describe-effect.ts'
import { describeFound } from './describe-found.ts'
import type { AnyDirective, EntryChange } from './directives/directive.ts'
import type { FormField } from './directives/form-field.ts'
import { findDirective } from './find-directive.ts'
import type { DirectiveEntry, DirectiveKey } from './policy-document.ts'
import { statedEntry } from './stated-entry.ts'

export interface ChangeDescription {
  /** For a person: `Registry: Default → Enforced`. */
  readonly words: string
  /** Why to look twice before this is published. */
  readonly risk?: string
}

const MOST_MEMBERS = 5

/** Says what changes between two entries of a directive; a value that looks like a secret is masked. */
export function describeChange(
  key: DirectiveKey,
  before: DirectiveEntry | undefined,
  after: DirectiveEntry | undefined,
): ChangeDescription {
  const directive = findDirective(key)
  const was = statedEntry(directive, before)
  const is = statedEntry(directive, after)
  const change: EntryChange<unknown> = { ...(was && { before: was }), ...(is && { after: is }) }
  const risk = directive.risk(change)
  const from = describeEnforcement(key, before)
  const to = describeEnforcement(key, after)
  const position = from === to ? [] : [`${from} → ${to}`]
  const members = was === undefined || is === undefined ? [] : memberChanges(directive, was.value, is.value)
  const words = `${directive.title}: ${[...position, ...members].join('; ')}`
  return risk === undefined ? { words } : { words, risk }
}

function memberChanges(directive: AnyDirective, before: unknown, after: unknown): readonly string[] {
  const changes = changedPaths(before, after, []).map(({ path, was, is }) => {
    const field = fieldAt(directive.fields, path)
    const label = path.length === 0 ? '' : `${field?.label ?? path.join(' ')} `
    return `${label}${shown(was, field, path)} → ${shown(is, field, path)}`
  })
  if (changes.length <= MOST_MEMBERS) return changes
  return [...changes.slice(0, MOST_MEMBERS), `and ${changes.length - MOST_MEMBERS} more`]
}

interface PathChange {
  readonly path: readonly string[]
  readonly was: unknown
  readonly is: unknown
}

function changedPaths(was: unknown, is: unknown, path: readonly string[]): readonly PathChange[] {
  if (sameJson(was, is)) return []
  if (!isJsonObject(was) || !isJsonObject(is)) return [{ path, was, is }]
  const names = new Set([...Object.keys(was), ...Object.keys(is)])
  return [...names].flatMap((name) => changedPaths(was[name], is[name], [...path, name]))
}

function shown(value: unknown, field: FormField | undefined, path: readonly string[]): string {
  if (value === undefined) return 'not set'
  if (field?.kind === 'boolean') return value === true ? field.on : field.off
  if (field?.kind === 'choice')
    return field.options.find((option) => option.value === value)?.label ?? 'unknown'
  return describeFound(value, path.at(-1))
}

function fieldAt(fields: readonly FormField[], path: readonly string[]): FormField | undefined {
  const all = fields.flatMap((field) =>
    field.kind === 'one-of' ? field.alternatives.flatMap((alternative) => alternative.fields) : [field],
  )
  return all.find((field) => sameJson(field.path, path))
}
