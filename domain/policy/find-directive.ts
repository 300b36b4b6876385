import type { AnyDirective } from './directives/directive.ts'
import { directives } from './directives/index.ts'
import type { DirectiveKey } from './policy-document.ts'

const byKey: ReadonlyMap<string, AnyDirective> = new Map(
  directives.map((directive) => [directive.key, directive]),
)

/** In the order in which people see them. */
export const directiveKeys: readonly DirectiveKey[] = directives.map((directive) => directive.key)

export function findDirective(key: DirectiveKey): AnyDirective {
  const directive = byKey.get(key)
  if (directive === undefined) throw new TypeError(`no directive ${key}`)
  return directive
}
