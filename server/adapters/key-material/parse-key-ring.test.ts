import assert from 'node:assert/strict'
import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { describe, test } from 'node:test'
import { calculateJwkThumbprint } from 'jose'
import { generateSigningKey } from './generate-signing-key.ts'
import { parseKeyRing } from './parse-key-ring.ts'

const FILE = '/etc/hivewarden/signing.pem'
const key = generateSigningKey()
const other = generateSigningKey()
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' })

const sec1 = (private_: KeyObject) => private_.export({ type: 'sec1', format: 'pem' }).toString()
const pkcs8 = (private_: KeyObject) => private_.export({ type: 'pkcs8', format: 'pem' }).toString()
const publicPem = (pem: string) => createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString()
const curve = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve }).privateKey
const block = (label: string, body: Buffer | string) =>
  `-----BEGIN ${label}-----\n${Buffer.from(body).toString('base64')}\n-----END ${label}-----\n`

/** As openssl writes before a key unless it is told not to. */
const parameters = block('EC PARAMETERS', Buffer.from('06082a8648ce3d030107', 'hex'))

/** A key whose public point is that of another: it signs what nobody can verify. */
function mismatched(): string {
  const der = p256.privateKey.export({ type: 'sec1', format: 'der' })
  const point = createPublicKey(other.pem).export({ type: 'spki', format: 'der' }).subarray(-64)
  return block('EC PRIVATE KEY', Buffer.concat([der.subarray(0, -64), point]))
}

describe('takes', () => {
  const accepted: Record<string, string> = {
    SEC1: sec1(p256.privateKey),
    'SEC1 after EC PARAMETERS': parameters + sec1(p256.privateKey),
    'PKCS#8': pkcs8(p256.privateKey),
    'Windows line ends': pkcs8(p256.privateKey).replaceAll('\n', '\r\n'),
    'text around the block': `Made in 2026 - by hand\n${sec1(p256.privateKey)}\nKeep it safe.\n`,
    'a byte order mark': `\ufeff${sec1(p256.privateKey)}`,
  }
  for (const [name, text] of Object.entries(accepted)) {
    test(name, async () => {
      const ring = parseKeyRing(text, FILE)
      assert.ok(ring.ok)
      assert.equal(ring.value.kid, await calculateJwkThumbprint(p256.publicKey.export({ format: 'jwk' })))
      assert.deepEqual(ring.value.published, [ring.value.publicJwk])
    })
  }
})

describe('a file of several keys', () => {
  const kids = (text: string) => {
    const ring = parseKeyRing(text, FILE)
    assert.ok(ring.ok, JSON.stringify(ring))
    return [ring.value.kid, ring.value.published.map(({ kid }) => kid)]
  }
  test('signs with the first and publishes all', () => {
    const both = [key.publicJwk.kid, other.publicJwk.kid]
    assert.deepEqual(kids(key.pem + other.pem), [key.publicJwk.kid, both])
  })
  test('needs only the public half of a key that does not sign', () => {
    const both = [key.publicJwk.kid, other.publicJwk.kid]
    assert.deepEqual(kids(key.pem + publicPem(other.pem)), [key.publicJwk.kid, both])
  })
  test('holds each key once', () => {
    const ring = parseKeyRing(key.pem + other.pem + publicPem(key.pem), FILE)
    assert.ok(!ring.ok && ring.problem.code === 'duplicate')
  })
  test('is refused whole when a further key is on another curve', () => {
    const ring = parseKeyRing(key.pem + pkcs8(curve('P-384')), FILE)
    assert.ok(!ring.ok && ring.problem.code === 'wrong_curve')
  })
  test('is refused whole when a further public key is damaged', () => {
    const ring = parseKeyRing(key.pem + block('PUBLIC KEY', 'nonsense'), FILE)
    assert.ok(!ring.ok && ring.problem.code === 'corrupt')
  })
})

describe('refuses, and says how to mend it', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const lock = { cipher: 'aes-256-cbc', passphrase: 'bees' }
  const encryptedSec1 = p256.privateKey.export({ type: 'sec1', format: 'pem', ...lock }).toString()
  const encryptedPkcs8 = p256.privateKey.export({ type: 'pkcs8', format: 'pem', ...lock }).toString()
  const cases: Record<string, [text: string, code: string, remedy: RegExp]> = {
    'P-384': [sec1(curve('P-384')), 'wrong_curve', /secp384r1.*openssl ecparam -name prime256v1/],
    'P-521': [pkcs8(curve('P-521')), 'wrong_curve', /secp521r1.*openssl ecparam/],
    secp256k1: [sec1(curve('secp256k1')), 'wrong_curve', /secp256k1.*openssl ecparam/],
    'an RSA key in PKCS#8': [pkcs8(rsa.privateKey), 'wrong_type', /rsa.*openssl ecparam/],
    'an RSA key in PKCS#1': [
      rsa.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
      'wrong_type',
      /RSA.*openssl ecparam/,
    ],
    'an Ed25519 key': [
      pkcs8(generateKeyPairSync('ed25519').privateKey),
      'wrong_type',
      /ed25519.*openssl ecparam/,
    ],
    'an OpenSSH key': [
      block('OPENSSH PRIVATE KEY', 'openssh-key-v1'),
      'wrong_type',
      /OpenSSH.*openssl ecparam/,
    ],
    'a locked key in SEC1': [encryptedSec1, 'encrypted', /passphrase.*openssl pkcs8 -topk8 -nocrypt/],
    'a locked key in PKCS#8': [encryptedPkcs8, 'encrypted', /passphrase.*openssl pkcs8 -topk8 -nocrypt/],
    'a public key': [publicPem(key.pem), 'public_key', /BEGIN|PRIVATE KEY first/],
    'a certificate': [block('CERTIFICATE', 'x'), 'certificate', /openssl pkey -in/],
    'a certificate after the key': [key.pem + block('CERTIFICATE', 'x'), 'certificate', /openssl pkey -in/],
    'parameters alone': [parameters, 'no_key', /openssl ecparam/],
    'a block of another kind': [block('CERTIFICATE REQUEST', 'x'), 'no_key', /openssl ecparam/],
    'a text that is no PEM': ['the key is under the mat', 'no_key', /openssl ecparam/],
    'an empty file': [' \n', 'empty', /openssl ecparam/],
    'a block that is cut off': [key.pem.slice(0, -10), 'corrupt', /backup/],
    'a block that is no key': [block('PRIVATE KEY', 'nonsense'), 'corrupt', /backup/],
    'a private half with the public half of another key': [mismatched(), 'corrupt', /backup/],
  }
  for (const [name, [text, code, remedy]] of Object.entries(cases)) {
    test(name, () => {
      const ring = parseKeyRing(text, FILE)
      assert.ok(!ring.ok)
      assert.equal(ring.problem.code, code)
      assert.match(ring.problem.message, remedy)
      assert.ok(ring.problem.message.includes(FILE))
    })
  }
})

test('never tells an operator to write over a file that holds something', () => {
  for (const text of [sec1(curve('P-384')), 'not a key', block('OPENSSH PRIVATE KEY', 'x')]) {
    const ring = parseKeyRing(text, FILE)
    assert.ok(!ring.ok && !ring.problem.message.includes(`-out ${FILE} `))
  }
})
