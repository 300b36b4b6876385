import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { z } from 'zod'
import { readJson } from '../../json/read-json.ts'
import { checkAgainst } from '../check-against.ts'
import { directivesPage } from '../directives-page.ts'
import { enterpriseConfigJsonSchema } from '../enterprise-config-json-schema.ts'
import { checkEnterpriseConfig } from '../read-enterprise-config.ts'
import { corpusContext } from '../testing/corpus-document.ts'
import { type AnyDirective, defineDirective, directiveGroups } from './directive.ts'
import type { FormField } from './form-field.ts'
import { directives } from './index.ts'

const volume = defineDirective({
  key: 'volume',
  title: 'Volume',
  group: 'Interface',
  summary: 'How loud clients are.',
  enforceable: true,
  schema: z.number().min(0).max(11),
  initial: 5,
  example: 11,
  fields: [{ kind: 'number', path: [], label: 'Volume', least: 0, most: 11, step: 1, required: true }],
  notGoverned: 'Clients are as loud as a person likes.',
  effect: (value) => `Clients play at ${value}.`,
  risk: () => undefined,
  examine(value, _context, report) {
    if (value === 11) report.warning([], 'range', 'Use 10, unless you mean it.', value)
  },
})
const extended: readonly AnyDirective[] = [...directives, volume]
const read = (text: string) => checkAgainst(extended, readJson(text), corpusContext)

test('a directive that joins the list is validated, its own findings included', () => {
  assert.deepEqual(read('{"volume":{"value":10,"enforcement":"default"}}'), {
    ok: true,
    value: { volume: { value: 10, enforcement: 'default' } },
    warnings: [],
  })
  const loud = read('{"volume":{"value":11,"enforcement":"default"}}')
  assert.deepEqual(loud.ok && loud.warnings.map(({ path, found }) => [path, found]), [
    ['/volume/value', '11'],
  ])
  const tooLoud = read('{"volume":{"value":12,"enforcement":"default"}}')
  assert.deepEqual(!tooLoud.ok && tooLoud.problems.map(({ path, code }) => [path, code]), [
    ['/volume/value', 'range'],
  ])
})

test('a directive that joins the list appears in suggestions', () => {
  const misspelt = read('{"volum":{}}')
  assert.deepEqual(!misspelt.ok && misspelt.problems.map(({ message }) => message), [
    'Did you mean "volume"? "volum" is not known here.',
  ])
})

test('a directive that joins the list appears in the JSON Schema', () => {
  const accepts = new Ajv2020({ strict: false, validateFormats: false }).compile(
    enterpriseConfigJsonSchema(extended),
  )
  assert.equal(accepts({ volume: { value: 11, enforcement: 'enforced' } }), true)
  assert.equal(accepts({ volume: { value: 12, enforcement: 'enforced' } }), false)
})

test('a directive that joins the list appears in the documentation', () => {
  const page = directivesPage(extended)
  assert.match(page, /\| \[`volume`\]\(#volume-volume\) \| How loud clients are\. \|/)
  assert.match(page, /### Volume \(volume\)\n\nHow loud clients are\.\n\nValue: number from 0 to 11\./)
  assert.match(page, /- `default`, as in the example: Clients play at 11\./)
})

test('a directive that is not in the list is unknown', () => {
  const reading = checkEnterpriseConfig({ volume: { value: 1, enforcement: 'default' } }, corpusContext)
  assert.deepEqual(!reading.ok && reading.problems.map(({ code }) => code), ['unknown_key'])
})

const leaves = (fields: readonly FormField[]): readonly FormField[] =>
  fields.flatMap((field) =>
    field.kind === 'one-of'
      ? field.alternatives.flatMap((alternative) => leaves(alternative.fields))
      : [field],
  )

const membersOf = (directive: AnyDirective): readonly string[] => {
  const { properties } = z.toJSONSchema(directive.schema)
  return properties === undefined ? [''] : Object.keys(properties)
}

for (const directive of directives) {
  test(`${directive.key} has a form field for each member of its value and no other`, () => {
    const paths = leaves(directive.fields).map((field) => field.path.join('.'))
    assert.deepEqual([...paths].sort(), [...membersOf(directive)].sort())
  })

  test(`the example of ${directive.key} is accepted without a word`, () => {
    const registry = { registry: { value: { api_url: 'https://r.example' }, enforcement: 'enforced' } }
    const entry = directive.enforceable
      ? { value: directive.example, enforcement: 'enforced' }
      : directive.example
    assert.deepEqual(checkEnterpriseConfig({ ...registry, [directive.key]: entry }, corpusContext), {
      ok: true,
      value: { ...registry, [directive.key]: entry },
      warnings: [],
    })
  })

  test(`a new form of ${directive.key} starts with a value of the right structure`, () => {
    assert.equal(directive.schema.safeParse(directive.initial).success, true)
  })

  test(`${directive.key} says what it is in one line and stands in a group`, () => {
    assert.match(directive.summary, /^[A-Z][^\n]{10,100}\.$/)
    assert.ok(directiveGroups.includes(directive.group))
    assert.ok(directive.title.length > 0 && !directive.title.endsWith('.'))
  })
}

test('no two directives share a key or a title', () => {
  assert.equal(new Set(directives.map(({ key }) => key)).size, directives.length)
  assert.equal(new Set(directives.map(({ title }) => title)).size, directives.length)
})
