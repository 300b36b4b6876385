import { isJsonObject } from '../json/json-value.ts'
import { type AnyDirective, directiveGroups, type Enforcement, enforcements } from './directives/directive.ts'
import type { FormField } from './directives/form-field.ts'
import { enterpriseConfigJsonSchema, type JsonSchema } from './enterprise-config-json-schema.ts'

/** The documentation page of directives, in Markdown. */
export function directivesPage(list: readonly AnyDirective[]): string {
  const schema = enterpriseConfigJsonSchema(list)
  const groups = directiveGroups.flatMap((group) => {
    const members = list.filter((directive) => directive.group === group)
    return members.length === 0
      ? []
      : [`## ${group}`, ...members.map((directive) => section(directive, schema))]
  })
  return `${[introduction, overview(list), ...groups].join('\n\n')}\n`
}

const introduction = `# Directives

<!-- Written by tools/generate-docs.ts from domain/policy/directives. Change it there. -->

A policy is a JSON or YAML object with one member per directive. A directive that is absent is not governed: clients do what they would do without a policy. Most directives hold a \`value\` and an \`enforcement\`:

- \`enforced\`: clients apply the value, and people cannot change it.
- \`default\`: clients start with the value, and people may change it.

\`hivewarden policy validate FILE\` checks a policy; \`hivewarden policy schema\` prints its JSON Schema. Every client can read the whole policy: it is no place for a secret.`

const overview = (list: readonly AnyDirective[]): string =>
  [
    '| Directive | Governs |',
    '|---|---|',
    ...list.map(
      (directive) => `| [\`${directive.key}\`](#${anchor(directive)}) | ${cell(directive.summary)} |`,
    ),
  ].join('\n')

/** As a heading becomes an anchor: lower case, without punctuation, with hyphens for spaces. */
const anchor = (directive: AnyDirective): string =>
  heading(directive)
    .toLowerCase()
    .replaceAll(/[^a-z0-9_ -]/g, '')
    .replaceAll(' ', '-')

const heading = (directive: AnyDirective): string => `${directive.title} (${directive.key})`

function section(directive: AnyDirective, schema: JsonSchema): string {
  const example = directive.enforceable
    ? { value: directive.example, enforcement: 'enforced' }
    : directive.example
  return [
    `### ${heading(directive)}`,
    directive.summary,
    membersTable(directive, schema),
    ['```json', JSON.stringify({ [directive.key]: example }, null, 2), '```'].join('\n'),
    ['What clients do:', '', ...effects(directive)].join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function effects(directive: AnyDirective): readonly string[] {
  const shown: readonly (readonly [string, Enforcement])[] = directive.enforceable
    ? enforcements.map((enforcement) => [`\`${enforcement}\``, enforcement])
    : [['Governed', 'enforced']]
  return [
    `- Not governed: ${directive.notGoverned}`,
    ...shown.map(
      ([name, enforcement]) =>
        `- ${name}, as in the example: ${directive.effect(directive.example, enforcement)}`,
    ),
  ]
}

/** What the members of the value are called, hold and mean; nothing for a value without members. */
function membersTable(directive: AnyDirective, schema: JsonSchema): string {
  const value = valueSchema(directive, schema)
  const properties = isJsonObject(value.properties) ? Object.entries(value.properties) : []
  if (properties.length === 0) {
    const description = typeof value.description === 'string' ? ` ${value.description}` : ''
    return `Value: ${typeInWords(value)}.${description}`
  }
  const required = Array.isArray(value.required) ? value.required : []
  return [
    '| Member | Value | Required | Meaning |',
    '|---|---|---|---|',
    ...properties.map(([name, property]) => {
      const facts = isJsonObject(property) ? property : {}
      const meaning =
        typeof facts.description === 'string' ? facts.description : labelOf(directive.fields, name)
      const need = required.includes(name) ? 'yes' : choiceInWords(value)
      return `| \`${name}\` | ${cell(typeInWords(facts))} | ${need} | ${cell(meaning)} |`
    }),
  ].join('\n')
}

function choiceInWords(value: JsonSchema): string {
  if (Array.isArray(value.oneOf)) return 'one of them'
  return value.minProperties === 1 ? 'at least one' : 'no'
}

function valueSchema(directive: AnyDirective, schema: JsonSchema): JsonSchema {
  const entry = memberOf(schema, directive.key)
  return directive.enforceable ? memberOf(entry, 'value') : entry
}

function memberOf(schema: JsonSchema, name: string): JsonSchema {
  const property = isJsonObject(schema.properties) ? schema.properties[name] : undefined
  return isJsonObject(property) ? property : {}
}

function typeInWords(schema: JsonSchema): string {
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => `\`${String(value)}\``).join(' or ')
  if (schema.format === 'uri') return 'URL'
  if (schema.type === 'boolean') return '`true` or `false`'
  if (schema.type === 'number') return `number from ${String(schema.minimum)} to ${String(schema.maximum)}`
  if (schema.type === 'string') {
    return schema.maxLength === undefined ? 'text' : `text, at most ${String(schema.maxLength)} characters`
  }
  return 'map of texts'
}

const labelOf = (fields: readonly FormField[], name: string): string =>
  fields.find((field) => field.path.join() === name)?.label ?? ''

const cell = (text: string): string => text.replaceAll('|', '\\|')
