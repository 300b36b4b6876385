import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkPolicyDocument } from './check-policy-document.ts'
import { corpusContext } from './testing/corpus-document.ts'
import { policyDocument } from './testing/policy-arbitraries.ts'

const layer = (rest: object) => ({ id: 'o', name: 'Organisation', directives: {}, ...rest })
const found = (...layers: readonly unknown[]) => {
  const reading = checkPolicyDocument({ layers }, corpusContext)
  return (reading.ok ? reading.warnings : reading.problems).map(({ path, code }) => `${path} ${code}`)
}

for (const [title, layers, problems] of [
  ['no layers', [], []],
  [
    'a layer with every kind of audience',
    [
      layer({
        audience: {
          groups: ['g'],
          people: ['a@b.c'],
          clientTypes: ['toolhive-cli'],
          clientVersions: '^1.4 || 2.x',
        },
      }),
    ],
    [],
  ],
  [
    'a range that is none',
    [layer({ audience: { clientVersions: 'newest' } })],
    ['/layers/0/audience/clientVersions version_range'],
  ],
  [
    'a client type that is none',
    [layer({ audience: { clientTypes: ['browser'] } })],
    ['/layers/0/audience/clientTypes/0 enum'],
  ],
  [
    'a group that is a number',
    [layer({ audience: { groups: [1] } })],
    ['/layers/0/audience/groups/0 type_string'],
  ],
  ['two layers of one id', [layer({}), layer({})], ['/layers/1/id duplicate_layer']],
  ['a final directive that does not exist', [layer({ final: ['volume'] })], ['/layers/0/final/0 enum']],
  ['a layer without name', [{ id: 'o', directives: {} }], ['/layers/0/name required']],
  ['an unknown member', [layer({ colour: 1 })], ['/layers/0/colour unknown_key']],
  [
    'a problem inside a directive',
    [
      layer({}),
      layer({ id: 'p', directives: { registry: { value: { api_url: 'ftp://x' }, enforcement: 'x' } } }),
    ],
    [
      '/layers/1/directives/registry/value/api_url url_scheme',
      '/layers/1/directives/registry/enforcement enum',
    ],
  ],
  ['a layer that is no object', ['x'], ['/layers/0 type_object']],
] as const satisfies readonly (readonly [string, readonly unknown[], readonly string[]])[]) {
  test(`${problems.length === 0 ? 'accepts' : 'finds'} ${title}`, () =>
    assert.deepEqual(found(...layers), problems))
}

test('refuses what is no document', () => {
  assert.equal(checkPolicyDocument([], corpusContext).ok, false)
  assert.equal(checkPolicyDocument({}, corpusContext).ok, false)
  assert.equal(checkPolicyDocument({ layers: {} }, corpusContext).ok, false)
})

test('accepts generated documents and gives them back as they were', () => {
  fc.assert(
    fc.property(policyDocument, (document) => {
      const plain = structuredClone(document)
      const reading = checkPolicyDocument(plain, corpusContext)
      assert.deepEqual(reading.ok && JSON.stringify(reading.value), JSON.stringify(plain))
    }),
  )
})
