import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PolicyDocument } from '../policy/policy-document.ts'
import { singleLayer } from '../policy/single-layer.ts'
import { corpusContext } from '../policy/testing/corpus-document.ts'
import { type PolicyFileSource, readPolicyFile, writePolicyFile } from './policy-file.ts'

const hidden = { value: false, enforcement: 'enforced' } as const

const problems = (source: PolicyFileSource): readonly string[] => {
  const reading = readPolicyFile(source, corpusContext)
  return (reading.ok ? reading.warnings : reading.problems).map(({ path, code }) => `${path} ${code}`)
}

test('writes one layer for everybody as the directives that settings hold', () => {
  assert.equal(writePolicyFile(singleLayer({})), '{}\n')
  assert.deepEqual(JSON.parse(writePolicyFile(singleLayer({ playground: hidden }))), { playground: hidden })
})

const [organisation] = singleLayer({ playground: hidden }).layers
assert.ok(organisation)
const layered: Readonly<Record<string, PolicyDocument>> = {
  'no layer': { layers: [] },
  'two layers': { layers: [organisation, { id: 'l2', name: 'Two', directives: {} }] },
  'a layer of another id': { layers: [{ ...organisation, id: 'all' }] },
  'a layer of another name': { layers: [{ ...organisation, name: 'Everybody' }] },
  'a layer for some people': { layers: [{ ...organisation, audience: { groups: ['g'] } }] },
  'a layer with a final directive': { layers: [{ ...organisation, final: ['registry'] }] },
}
for (const [title, document] of Object.entries(layered)) {
  test(`writes ${title} with the layers`, () => {
    assert.deepEqual(JSON.parse(writePolicyFile(document)), document)
  })
}

test('reads bare directives as one layer for everybody', () => {
  const reading = readPolicyFile({ text: JSON.stringify({ playground: hidden }) }, corpusContext)
  assert.ok(reading.ok)
  assert.deepEqual(reading.value, singleLayer({ playground: hidden }))
})

test('reads what another parser made, in both forms', () => {
  assert.deepEqual(problems({ value: { playground: hidden } }), [])
  assert.deepEqual(problems({ value: { layers: [organisation] } }), [])
})

for (const [title, source, found] of [
  ['bare directives', { text: '{"playground":1}' }, ['/playground type_object']],
  [
    'a layer',
    { text: '{"layers":[{"id":"o","name":"O","directives":{"playground":1}}]}' },
    ['/layers/0/directives/playground type_object'],
  ],
  ['layers beside directives', { text: '{"layers":[],"playground":1}' }, ['/playground unknown_key']],
  ['layers that are no list', { text: '{"layers":{}}' }, ['/layers type_array']],
  ['layers written twice', { text: '{"layers":[],"layers":[]}' }, ['/layers duplicate_key']],
  [
    'a directive of a layer written twice',
    {
      text: '{"layers":[{"id":"o","name":"O","directives":{"playground":{"value":true,"value":false,"enforcement":"default"}}}]}',
    },
    ['/layers/0/directives/playground/value duplicate_key'],
  ],
  ['no JSON', { text: '{' }, [' json_syntax']],
  ['layers from another parser', { value: { layers: 1 } }, ['/layers type_array']],
] as const) {
  test(`says what is wrong with ${title}, by its place in the file`, () => {
    assert.deepEqual(problems(source), found)
  })
}
