import { findDirective } from './find-directive.ts'
import type { DirectiveEntry, DirectiveKey } from './policy-document.ts'
import { statedEntry } from './stated-entry.ts'

/** What clients do under this entry, or without one, in a sentence for an administrator. */
export function describeEffect(key: DirectiveKey, entry: DirectiveEntry | undefined): string {
  const directive = findDirective(key)
  const stated = statedEntry(directive, entry)
  return stated === undefined
    ? directive.notGoverned
    : directive.effect(stated.value, stated.enforcement ?? 'enforced')
}

/** The three positions of the switch, and the one of a directive that has only a value. */
export function describeEnforcement(key: DirectiveKey, entry: DirectiveEntry | undefined): string {
  const stated = statedEntry(findDirective(key), entry)
  if (stated === undefined) return 'Not governed'
  if (stated.enforcement === undefined) return 'Governed'
  return stated.enforcement === 'enforced' ? 'Enforced' : 'Default'
}
