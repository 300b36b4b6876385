import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { testJwk } from './key.fixture.ts'
import { readJwks } from './read-jwks.ts'

const key = testJwk('a')
const { use: _use, alg: _alg, ...bare } = key

describe('takes', () => {
  test('a key of a manager', () => {
    assert.deepEqual(readJwks({ keys: [key] }), { ok: true, value: [key] })
  })
  test('a key that does not say what it is for', () => {
    assert.deepEqual(readJwks({ keys: [bare] }), { ok: true, value: [key] })
  })
  test('nothing but the members of a public key', () => {
    assert.deepEqual(readJwks({ keys: [{ ...key, x5u: 'https://a.example' }] }), { ok: true, value: [key] })
  })
  test('no key from an empty set', () => {
    assert.deepEqual(readJwks({ keys: [] }), { ok: true, value: [] })
  })
})

describe('leaves out', () => {
  const others: Record<string, object> = {
    'an RSA key': { kty: 'RSA', n: 'x', e: 'AQAB', kid: 'r' },
    'a symmetric key': { kty: 'oct', k: 'x', kid: 'o' },
    'a key on another curve': { ...key, crv: 'P-384' },
    'a key for encryption': { ...key, use: 'enc' },
    'a key for another algorithm': { ...key, alg: 'ES384' },
    'a key without a name': { ...key, kid: undefined },
    'a key whose point is too short': { ...key, x: 'x'.repeat(42) },
    'a key whose point is plain base64': { ...key, y: `${'y'.repeat(42)}+` },
  }
  for (const [name, other] of Object.entries(others)) {
    test(name, () => {
      assert.deepEqual(readJwks({ keys: [other, key] }), { ok: true, value: [key] })
    })
  }
})

describe('refuses', () => {
  const cases: Record<string, [unknown, string]> = {
    'a set with a private member': [{ keys: [key, { ...testJwk('b'), d: 'secret' }] }, 'private_member'],
    'a set with two keys of one name': [{ keys: [key, { ...key, x: 'z'.repeat(43) }] }, 'duplicate_kid'],
    'a set that holds a text': [{ keys: ['key'] }, 'not_a_jwks'],
    'a set whose keys are no list': [{ keys: {} }, 'not_a_jwks'],
    'a list': [[key], 'not_a_jwks'],
    nothing: [undefined, 'not_a_jwks'],
  }
  for (const [name, [value, problem]] of Object.entries(cases)) {
    test(name, () => {
      assert.deepEqual(readJwks(value), { ok: false, problem })
    })
  }
})
