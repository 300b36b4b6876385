import type { EntryOf } from './directives/directive.ts'
import type { directives } from './directives/index.ts'
import type { Layer } from './layer.ts'

type KnownDirective = (typeof directives)[number]

export type DirectiveKey = KnownDirective['key']

/** One policy. An absent directive is not governed. */
export type EnterpriseConfig = {
  readonly [Each in KnownDirective as Each['key']]?: EntryOf<Each>
}

export type DirectiveEntry = NonNullable<EnterpriseConfig[DirectiveKey]>

/** The first layer has the lowest precedence. */
export interface PolicyDocument {
  readonly layers: readonly Layer[]
}
