import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { Refused, usableKeys, verifyEnvelope } from './verify-envelope.mjs'

const vectors = JSON.parse(
  readFileSync(new URL('../../docs/contract/vectors/envelopes.json', import.meta.url), 'utf8'),
)
const keys = usableKeys({ keys: [vectors.key.jwk] })

describe('accepts what the contract says is good', () => {
  for (const { name, input, sample, expect } of vectors.cases) {
    for (const form of ['json', 'jose']) {
      test(`${name}, as ${form}`, () => {
        const { manager, now } = input
        assert.deepEqual(verifyEnvelope(sample[form], { keys, manager, now }), JSON.parse(expect.payload))
      })
    }
  }
})

describe('refuses what the contract says is bad', () => {
  const { manager, now } = vectors.cases[0].input
  for (const [name, text] of Object.entries<string>(vectors.reject)) {
    test(name, () => {
      assert.throws(() => verifyEnvelope(text, { keys, manager, now }), Refused)
    })
  }
  test('a member twice', () => {
    const text = vectors.cases[0].sample.json.replace('{"config"', '{"config":{},"config"')
    assert.throws(() => verifyEnvelope(text, { keys, manager, now }), { step: 'form' })
  })
  test('more than 512 KiB', () => {
    assert.throws(() => verifyEnvelope('x'.repeat(512 * 1024 + 1), { keys, manager, now }), { step: 'size' })
  })
  test('a list nested a hundred thousand times', () => {
    const payload = Buffer.from('['.repeat(100_000) + ']'.repeat(100_000)).toString('base64url')
    assert.throws(() => verifyEnvelope(`a.${payload}.b`, { keys, manager, now }), { step: 'form' })
  })
})

test('takes no key whose name is not its thumbprint', () => {
  assert.deepEqual(usableKeys({ keys: [{ ...vectors.key.jwk, kid: 'a'.repeat(43) }] }), [])
})

test('takes nothing from a manager that publishes a private key', () => {
  assert.throws(() => usableKeys({ keys: [{ ...vectors.key.jwk, d: 'x' }] }), Refused)
})
