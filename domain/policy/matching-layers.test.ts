import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Audience, Layer, Viewer } from './layer.ts'
import { matchingLayers } from './matching-layers.ts'

const viewer: Viewer = {
  subject: 'user-7',
  email: 'Ada@Example.com',
  groups: ['engineering', 'data'],
  clientType: 'toolhive-cli',
  clientVersion: '1.5.0-rc.1',
}

const matches = (audience: Audience, changes: Partial<Viewer> = {}): boolean =>
  matchingLayers({ layers: [{ id: 'l', name: 'L', audience, directives: {} }] }, { ...viewer, ...changes })
    .length === 1

for (const [title, audience, expected] of [
  ['everybody', {}, true],
  ['one of the groups', { groups: ['sales', 'data'] }, true],
  ['groups that the person is not in', { groups: ['sales'] }, false],
  ['no group at all', { groups: [] }, false],
  ['a group in other letters', { groups: ['Data'] }, false],
  ['the person by subject', { people: ['user-7'] }, true],
  ['a subject in other letters', { people: ['USER-7'] }, false],
  ['the person by e-mail in other letters', { people: ['ada@example.COM'] }, true],
  ['another person', { people: ['bob@example.com'] }, false],
  ['the client type', { clientTypes: ['toolhive-desktop', 'toolhive-cli'] }, true],
  ['another client type', { clientTypes: ['toolhive-desktop'] }, false],
  ['a range that holds the prerelease', { clientVersions: '>=1.4.0 <2.0.0' }, true],
  ['a range of newer versions', { clientVersions: '>=1.5.0' }, false],
  ['group and type together', { groups: ['data'], clientTypes: ['toolhive-cli'] }, true],
  ['the group but another type', { groups: ['data'], clientTypes: ['toolhive-desktop'] }, false],
  ['the person but another group', { people: ['user-7'], groups: ['sales'] }, false],
] as const satisfies readonly (readonly [string, Audience, boolean])[]) {
  test(`a layer for ${title} ${expected ? 'holds' : 'does not hold'}`, () => {
    assert.equal(matches(audience), expected)
  })
}

test('a layer for people does not hold for a person without e-mail and with another subject', () => {
  const { email: _, ...withoutEmail } = viewer
  const layers: readonly Layer[] = [
    { id: 'l', name: 'L', audience: { people: ['ada@example.com'] }, directives: {} },
  ]
  assert.deepEqual(matchingLayers({ layers }, withoutEmail), [])
})

test('a layer for versions does not hold for a client whose version is none', () => {
  assert.equal(matches({ clientVersions: '*' }, { clientVersion: 'newest' }), false)
})

test('keeps the order of the document', () => {
  const layers = ['a', 'b', 'c'].map(
    (id): Layer => ({ id, name: id, directives: {}, ...(id === 'b' ? { audience: { groups: [] } } : {}) }),
  )
  assert.deepEqual(
    matchingLayers({ layers }, viewer).map((layer) => layer.id),
    ['a', 'c'],
  )
})

test('throws on a range that the door would have refused, so that no rule is lifted in silence', () => {
  assert.throws(() => matches({ clientVersions: 'newest' }), TypeError)
})
