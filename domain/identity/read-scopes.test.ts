import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { IdentityProviderType } from './identity.ts'
import { holdsScopes, readScopes, requiredScopes } from './read-scopes.ts'

const cases: readonly [
  string,
  IdentityProviderType,
  Readonly<Record<string, unknown>>,
  readonly string[] | 'scope_malformed',
][] = [
  ['words of scope', 'generic', { scope: 'a b' }, ['a', 'b']],
  ['words around more than one blank', 'generic', { scope: '  a  b ' }, ['a', 'b']],
  ['an array, taken as it is', 'generic', { scope: ['a b', 'c'] }, ['a b', 'c']],
  ['scp where there is no scope', 'generic', { scp: 'a' }, ['a']],
  ['scope before scp for generic', 'generic', { scope: 'a', scp: 'b' }, ['a']],
  ['scp before scope for okta', 'okta', { scope: 'a', scp: ['b'] }, ['b']],
  ['scp before scope for entra', 'entra', { scope: 'a', scp: 'b' }, ['b']],
  ['no claim', 'generic', {}, []],
  ['a number', 'generic', { scope: 1 }, 'scope_malformed'],
  ['an object', 'okta', { scp: {} }, 'scope_malformed'],
  ['an array with a number', 'okta', { scp: ['a', 1] }, 'scope_malformed'],
  ['an array in an array', 'okta', { scp: [['a']] }, 'scope_malformed'],
  ['1,001 items', 'okta', { scp: Array(1001).fill('a') }, 'scope_malformed'],
]

for (const [title, type, claims, expected] of cases) {
  test(`scopes from ${title}`, () => {
    const read = readScopes(claims, type)
    assert.deepEqual(read.ok ? read.value : read.problem, expected)
  })
}

test('an empty setting requires nothing, several words require all of them', () => {
  assert.equal(holdsScopes([], requiredScopes('', 'generic')), true)
  assert.equal(holdsScopes(['a'], requiredScopes('a b', 'generic')), false)
  assert.equal(holdsScopes(['b', 'a'], requiredScopes('a b', 'generic')), true)
})

test('a scope is held as a whole word only', () => {
  assert.equal(holdsScopes(['readwrite', 'Read', 'rea'], ['read']), false)
})

test('Entra is asked for the long form and answers with the short one', () => {
  assert.deepEqual(requiredScopes('api://0b3c/config.read', 'entra'), ['config.read'])
  assert.deepEqual(requiredScopes('https://config.example.com/config.read', 'entra'), ['config.read'])
  assert.deepEqual(requiredScopes('toolhive:config:read', 'entra'), ['toolhive:config:read'])
  assert.deepEqual(requiredScopes('api://0b3c/config.read', 'generic'), ['api://0b3c/config.read'])
})
