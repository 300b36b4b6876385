import assert from 'node:assert/strict'
import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { test } from 'node:test'
import { compactVerify, importJWK } from 'jose'
import { headerJson, joseForm, protectedHeader, signingInput } from '../../../domain/envelope/signed-forms.ts'
import { generateSigningKey } from './generate-signing-key.ts'
import { createNodeEnvelopeSigner, verifySignature } from './node-envelope-signer.ts'

const { pem, publicJwk } = generateSigningKey()
const privateKey = createPrivateKey(pem)
const signer = createNodeEnvelopeSigner(privateKey)
assert.ok(signer !== undefined)
const raw = Buffer.from(signer.sign('a.b'), 'base64url')

test('makes what any JOSE library verifies', async () => {
  const payload = '{"config":{}}'
  const signature = signer.sign(signingInput(payload, signer.kid))
  const jws = joseForm({ payload }, protectedHeader(signer.kid), signature)
  const verified = await compactVerify(jws, await importJWK(publicJwk, 'ES256'))
  assert.equal(new TextDecoder().decode(verified.payload), payload)
  assert.equal(JSON.stringify(verified.protectedHeader), headerJson(signer.kid))
})

test('has the public half alone to show', () => {
  assert.deepEqual(signer.publicJwk, publicJwk)
  assert.deepEqual(Object.keys(publicJwk).sort(), ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
})

test('verifies its own signature', () => {
  assert.equal(verifySignature(publicJwk, 'a.b', raw), true)
})

const wrong: Record<string, Uint8Array> = {
  'in DER': sign('sha256', Buffer.from('a.b'), privateKey),
  'over SHA-384': sign('sha384', Buffer.from('a.b'), { key: privateKey, dsaEncoding: 'ieee-p1363' }),
  'of zeros': new Uint8Array(64),
  'of 63 bytes': raw.subarray(0, 63),
  'of 65 bytes': Buffer.concat([raw, Buffer.alloc(1)]),
  'of no bytes': new Uint8Array(),
}
for (const [name, signature] of Object.entries(wrong)) {
  test(`does not verify a signature ${name}`, () => {
    assert.equal(verifySignature(publicJwk, 'a.b', signature), false)
  })
}

test('does not verify with a point that is not on the curve, and does not throw', () => {
  const off = { ...publicJwk, y: publicJwk.x }
  assert.equal(verifySignature(off, 'a.b', raw), false)
})

test('is the same key that the PEM holds', () => {
  const { x, y } = createPublicKey(pem).export({ format: 'jwk' })
  assert.deepEqual([publicJwk.x, publicJwk.y], [x, y])
})
