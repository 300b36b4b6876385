import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { signBytes, type TestAlgorithm } from './testing/sign-token.ts'
import { testKey } from './testing/test-keys.ts'
import { createVerificationKey, type Jwk } from './verification-key.ts'

const rsa = testKey('rsa-1', 'rsa')
const ec = testKey('ec-1', 'p-256')

const goodKeys: readonly [string, Jwk, TestAlgorithm][] = [
  ['RSA without alg, as Entra lists it, for RS256', rsa.jwk, 'RS256'],
  ['RSA for RS256', { ...rsa.jwk, alg: 'RS256' }, 'RS256'],
  ['RSA for PS256', { ...rsa.jwk, alg: 'PS256' }, 'PS256'],
  ['P-256 without alg', ec.jwk, 'ES256'],
  ['a key without use', { ...ec.jwk, use: undefined }, 'ES256'],
  ['a key whose operations include verify', { ...ec.jwk, key_ops: ['verify'] }, 'ES256'],
  [
    'a key with a certificate and members unknown to us',
    { ...rsa.jwk, x5c: ['nonsense'], x5t: 'A', odd: {} },
    'RS256',
  ],
]

for (const [title, jwk, algorithm] of goodKeys) {
  test(`takes ${title} and verifies with it`, () => {
    const key = createVerificationKey(jwk)
    assert.ok(key.ok)
    assert.equal(key.value.algorithm, algorithm)
    const { privateKey } = jwk.kty === 'EC' ? ec : rsa
    const signature = signBytes(algorithm, privateKey, 'header.payload')
    assert.equal(key.value.verify(Buffer.from('header.payload'), signature), true)
    assert.equal(key.value.verify(Buffer.from('header.payloaD'), signature), false)
  })
}

const small = generateKeyPairSync('rsa', { modulusLength: 2047 }).publicKey.export({ format: 'jwk' })

const badKeys: readonly [string, Jwk, string][] = [
  ['for encryption', { ...rsa.jwk, use: 'enc' }, 'not for signatures'],
  ['whose operations lack verify', { ...rsa.jwk, key_ops: ['encrypt'] }, 'not for signatures'],
  ['whose operations are text', { ...rsa.jwk, key_ops: 'verify' }, 'not for signatures'],
  ['that is symmetric', { kty: 'oct', k: 'AAAA', kid: 'a' }, 'algorithm not supported'],
  ['for RS512', { ...rsa.jwk, alg: 'RS512' }, 'algorithm not supported'],
  ['of RSA that says ES256', { ...rsa.jwk, alg: 'ES256' }, 'algorithm not supported'],
  ['of P-256 that says RS256', { ...ec.jwk, alg: 'RS256' }, 'algorithm not supported'],
  ['of P-384', testKey('p384-1', 'p-384').jwk, 'algorithm not supported'],
  ['of secp256k1', testKey('k1-1', 'secp256k1').jwk, 'algorithm not supported'],
  ['of Ed25519', testKey('ed-1', 'ed25519').jwk, 'algorithm not supported'],
  ['of 1024 bits', testKey('weak-1', 'rsa-1024').jwk, 'RSA key too weak or too large'],
  ['of 2047 bits', { ...small }, 'RSA key too weak or too large'],
  ['with a public exponent of 1', { ...rsa.jwk, e: 'AQ' }, 'RSA key too weak or too large'],
  ['without a modulus', { ...rsa.jwk, n: undefined }, 'not a public key'],
  ['whose modulus is a number', { ...rsa.jwk, n: 7 }, 'not a public key'],
  ['whose point is not on the curve', { ...ec.jwk, y: ec.jwk.x }, 'not a public key'],
  ['whose kid is a number', { ...rsa.jwk, kid: 1 }, 'kid is not text'],
  ['that is empty', {}, 'algorithm not supported'],
]

for (const [title, jwk, why] of badKeys) {
  test(`refuses a key ${title}`, () =>
    assert.deepEqual(createVerificationKey(jwk), { ok: false, problem: why }))
}

test('ignores a private half that the provider published by mistake', () => {
  const { d } = ec.privateKey.export({ format: 'jwk' })
  const key = createVerificationKey({ ...ec.jwk, d })
  assert.ok(key.ok)
  assert.equal(key.value.verify(Buffer.from('x'), signBytes('ES256', ec.privateKey, 'x')), true)
})

for (const length of [0, 1, 63, 65, 72, 256]) {
  test(`an ECDSA signature of ${length} bytes does not hold and does not throw`, () => {
    const key = createVerificationKey(ec.jwk)
    assert.equal(key.ok && key.value.verify(Buffer.from('x'), Buffer.alloc(length, 1)), false)
  })
}
