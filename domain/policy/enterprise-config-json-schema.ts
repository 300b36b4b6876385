import { z } from 'zod'
import type { AnyDirective } from './directives/directive.ts'
import { directives } from './directives/index.ts'
import { enterpriseConfigSchema } from './enterprise-config-schema.ts'

export type JsonSchema = Readonly<Record<string, unknown>>

/** The structure of a policy as JSON Schema 2020-12, for editors and other programs. */
export const enterpriseConfigJsonSchema = (list: readonly AnyDirective[] = directives): JsonSchema => ({
  title: 'Enterprise configuration',
  description: 'A directive that is absent is not governed.',
  ...z.toJSONSchema(enterpriseConfigSchema(list), { target: 'draft-2020-12' }),
})
