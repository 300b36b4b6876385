import { z } from 'zod'
import { isJsonObject } from '../../json/json-value.ts'

/** A text of at most so many code points, which is how a JSON Schema counts. */
export const boundedText = (most: number) =>
  z
    .string()
    .refine((text) => text.length <= most || [...text].length <= most, {
      params: { code: 'max_length', most },
    })
    .meta({ maxLength: most })

/** What makes it a usable URL is for `inspectUrl` to say, with a better sentence. */
export const urlText = () => z.string().meta({ format: 'uri' })

/** Of these members, all optional, exactly one is there. A value of another type is refused for its type. */
export const onlyOneMember = <Schema extends z.ZodType>(schema: Schema, members: readonly string[]) =>
  schema
    .refine(
      (value) =>
        !isJsonObject(value) || members.filter((member) => Object.hasOwn(value, member)).length === 1,
      {
        params: { code: 'exactly_one', members },
        when: () => true,
      },
    )
    .meta({ oneOf: members.map((member) => ({ required: [member] })) })

/** Of these members, all optional, at least one is there. */
export const someMember = <Schema extends z.ZodType>(schema: Schema, members: readonly string[]) =>
  schema
    .refine((value) => !isJsonObject(value) || members.some((member) => Object.hasOwn(value, member)), {
      params: { code: 'empty', members },
      when: () => true,
    })
    .meta({ minProperties: 1 })
