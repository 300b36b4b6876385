import { isJsonObject } from '../json/json-value.ts'
import type { AnyDirective, Enforcement, Stated } from './directives/directive.ts'

/** The value and, where there is one, the enforcement of an entry; `undefined` when it is no entry. */
export function statedEntry(directive: AnyDirective, entry: unknown): Stated<unknown> | undefined {
  if (entry === undefined) return undefined
  if (!directive.enforceable) return { value: entry }
  if (!isJsonObject(entry)) return undefined
  const { value, enforcement } = entry
  return isEnforcement(enforcement) ? { value, enforcement } : { value }
}

const isEnforcement = (value: unknown): value is Enforcement => value === 'enforced' || value === 'default'
