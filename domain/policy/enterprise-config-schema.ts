import { z } from 'zod'
import { type AnyDirective, enforcements } from './directives/directive.ts'

/** The structure of an entry: the value alone, or with its enforcement. */
function entrySchema(directive: AnyDirective): z.ZodType {
  if (!directive.enforceable) return directive.schema
  return z.strictObject({
    value: directive.schema,
    enforcement: z.enum(enforcements).meta({
      description: 'enforced: people cannot change it. default: people may change it.',
    }),
  })
}

const schemas = new WeakMap<readonly AnyDirective[], z.ZodType>()

/** The structure of a policy that may hold these directives and nothing else; built once for each list. */
export function enterpriseConfigSchema(list: readonly AnyDirective[]): z.ZodType {
  const known = schemas.get(list)
  if (known !== undefined) return known
  const schema = z.strictObject(
    Object.fromEntries(
      list.map((directive) => [
        directive.key,
        entrySchema(directive)
          .meta({ title: directive.title, description: directive.summary })
          .exactOptional(),
      ]),
    ),
  )
  schemas.set(list, schema)
  return schema
}
