import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import { createSealing } from '../sealing/create-sealing.ts'
import { createKeyVault } from './create-key-vault.ts'
import { generateSigningKey } from './generate-signing-key.ts'
import { verifySignature } from './node-envelope-signer.ts'

const vaultOf = (masterKey: Uint8Array) => createKeyVault(createSealing(masterKey))
const masterKey = randomBytes(32)

describe('the vault of the signing keys', () => {
  const vault = vaultOf(masterKey)

  it('makes keys whose signatures their public halves verify', () => {
    const key = vault.generate()
    const signature = vault.signer(key)?.sign('header.payload') ?? ''

    assert.ok(verifySignature(key.publicJwk, 'header.payload', Buffer.from(signature, 'base64url')))
  })

  it('takes a key of a PEM file under the thumbprint that it has', () => {
    const { pem, publicJwk } = generateSigningKey()
    const imported = vault.importPem(pem, 'signing.pem')

    assert.equal(imported.ok && vault.signer(imported.value)?.kid, publicJwk.kid)
  })

  it('takes a key that has its parameters in front of it, as openssl writes it', () => {
    const parameters = '-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n'
    const { pem } = generateSigningKey()

    assert.equal(vault.importPem(`${parameters}${pem}`, 'signing.pem').ok, true)
  })

  it('refuses what is no key in a sentence that quotes nothing of it', () => {
    const refused = vault.importPem(
      '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----',
      'a.pem',
    )

    assert.match(refused.ok ? '' : refused.problem, /a\.pem/)
    assert.ok(!JSON.stringify(refused).includes('c2VjcmV0'))
  })

  it('opens nothing that was sealed under another master key', () => {
    assert.equal(vaultOf(randomBytes(32)).signer(vault.generate()), undefined)
  })

  it('does not pair the private half of one key with the public half of another', () => {
    const one = vault.generate()
    const other = vault.generate()

    assert.equal(vault.signer({ publicJwk: one.publicJwk, sealedPrivate: other.sealedPrivate }), undefined)
  })

  it('does not let a public half bear the name of another key', () => {
    const genuine = vault.generate()
    const forged = { ...generateSigningKey().publicJwk, kid: genuine.publicJwk.kid }

    assert.equal(vault.signer({ publicJwk: forged, sealedPrivate: genuine.sealedPrivate }), undefined)
  })
})
