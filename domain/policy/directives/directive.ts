import type { z } from 'zod'
import type { PolicyContext } from '../policy-context.ts'
import type { PolicyProblemCode } from '../problem.ts'
import type { FormField } from './form-field.ts'

export const enforcements = ['enforced', 'default'] as const
export type Enforcement = (typeof enforcements)[number]

export const directiveGroups = [
  'Registry',
  'Servers',
  'Telemetry',
  'Containers',
  'Interface',
  'Gateway',
  'Outage',
] as const
export type DirectiveGroup = (typeof directiveGroups)[number]

/** Paths are relative to the directive's value. A member that was already refused is not reported twice. */
export interface Report {
  error(path: readonly string[], code: PolicyProblemCode, message: string, found?: unknown): void
  warning(path: readonly string[], code: PolicyProblemCode, message: string, found?: unknown): void
}

/** A value without the members that were already refused, so that every other problem still shows. */
export type Sound<Value> = Value extends object ? { readonly [Member in keyof Value]?: Value[Member] } : Value

export interface Enforced<Value> {
  readonly value: Value
  readonly enforcement: Enforcement
}

/** `enforcement` is absent where a directive is not enforceable. */
export interface Stated<Value> {
  readonly value: Value
  readonly enforcement?: Enforcement
}

export interface EntryChange<Value> {
  readonly before?: Stated<Value>
  readonly after?: Stated<Value>
}

/** Reads another directive's entry by its definition, so that keys and types come from one place. */
export type EntryLookup = <Other extends AnyDirective>(directive: Other) => EntryOf<Other> | undefined

/**
 * Everything the product knows about one directive. Types, validation, JSON Schema, the documentation page,
 * forms and review sentences derive from the list of these; nothing else names a directive.
 */
export interface Directive<
  Key extends string = string,
  Schema extends z.ZodType = z.ZodType,
  Enforceable extends boolean = boolean,
> {
  readonly key: Key
  readonly title: string
  readonly group: DirectiveGroup
  /** One line: what it governs. */
  readonly summary: string
  /** Whether the entry is `{ value, enforcement }`; otherwise the entry is the value itself. */
  readonly enforceable: Enforceable
  /** Structure of the value: what a JSON Schema can say. What it cannot say is in `examine`. */
  readonly schema: Schema
  /** The value that a new form starts with. */
  readonly initial: z.output<Schema>
  /** A value that makes sense, for documentation and tests. */
  readonly example: z.output<Schema>
  readonly fields: readonly FormField[]
  /** What clients do while no entry is there. */
  readonly notGoverned: string
  /** What clients do with this value; `enforcement` is `enforced` where the directive is not enforceable. */
  effect(value: z.output<Schema>, enforcement: Enforcement): string
  /** Why a person should look twice before this change is published; `undefined` when there is no reason. */
  risk(change: EntryChange<z.output<Schema>>): string | undefined
  /** Finds what the structure cannot express. */
  examine?(value: Sound<z.output<Schema>>, context: PolicyContext, report: Report): void
  /** Finds what only other directives together with this one reveal; the path is relative to the entry. */
  crossCheck?(entry: Stated<z.output<Schema>>, lookup: EntryLookup, report: Report): void
}

export type AnyDirective = Directive

export type ValueOf<Given extends AnyDirective> = z.output<Given['schema']>

export type EntryOf<Given extends AnyDirective> = Given['enforceable'] extends true
  ? Enforced<ValueOf<Given>>
  : ValueOf<Given>

/** Only fixes the types: what is written is what is used. */
export const defineDirective = <
  const Key extends string,
  Schema extends z.ZodType,
  const Enforceable extends boolean,
>(
  directive: Directive<Key, Schema, Enforceable>,
): Directive<Key, Schema, Enforceable> => directive
