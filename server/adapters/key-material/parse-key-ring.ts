import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { fail, ok, type Result } from '../../../domain/result.ts'
import type { PublicSigningJwk } from '../../../domain/signing-keys/public-signing-jwk.ts'
import type { EnvelopeSigner, SigningKeyRing } from '../../ports/signer.ts'
import { type KeyFileProblem, keyFileProblem } from './key-file-problem.ts'
import { createNodeEnvelopeSigner, publicSigningJwk } from './node-envelope-signer.ts'
import { type PemBlock, splitPem } from './split-pem.ts'

/** Makes a ring of the keys of a PEM text. `file` is only for the sentences of the problems. */
export function parseKeyRing(text: string, file: string): Result<SigningKeyRing, KeyFileProblem> {
  if (text.trim() === '') return fail(keyFileProblem('empty', file))
  const [first, ...further] = splitPem(text)
  if (first === undefined) {
    const cutOff = /-----BEGIN (?!EC PARAMETERS-)/.test(text)
    return fail(keyFileProblem(cutOff ? 'corrupt' : 'no_key', file, 'a PEM block has no end'))
  }
  if (first.label === 'PUBLIC KEY') return fail(keyFileProblem('public_key', file))
  const signer = readSigner(first, file)
  if (!signer.ok) return signer

  const published: PublicSigningJwk[] = [signer.value.publicJwk]
  for (const block of further) {
    const jwk = readPublished(block, file)
    if (!jwk.ok) return jwk
    if (published.some(({ kid }) => kid === jwk.value.kid)) return fail(keyFileProblem('duplicate', file))
    published.push(jwk.value)
  }
  return ok({ ...signer.value, published })
}

function readSigner(block: PemBlock, file: string): Result<EnvelopeSigner, KeyFileProblem> {
  const key = readKey(block, file)
  if (!key.ok) return key
  const signer = attempt(() => createNodeEnvelopeSigner(key.value))
  return signer === undefined
    ? fail(keyFileProblem('corrupt', file, 'its private half does not belong to its public half'))
    : ok(signer)
}

/** A further key: only its public half is looked at, so a file may hold just that of a key that signs no more. */
function readPublished(block: PemBlock, file: string): Result<PublicSigningJwk, KeyFileProblem> {
  if (block.label === 'PUBLIC KEY') {
    const key = checkKey(
      attempt(() => createPublicKey(block.text)),
      file,
    )
    return key.ok ? ok(publicSigningJwk(key.value)) : key
  }
  const signer = readSigner(block, file)
  return signer.ok ? ok(signer.value.publicJwk) : signer
}

function readKey(block: PemBlock, file: string): Result<KeyObject, KeyFileProblem> {
  if (block.encrypted) return fail(keyFileProblem('encrypted', file))
  switch (block.label) {
    case 'EC PRIVATE KEY':
    case 'PRIVATE KEY':
      return checkKey(
        attempt(() => createPrivateKey(block.text)),
        file,
      )
    case 'CERTIFICATE':
    case 'TRUSTED CERTIFICATE':
      return fail(keyFileProblem('certificate', file))
    case 'RSA PRIVATE KEY':
      return fail(keyFileProblem('wrong_type', file, 'an RSA key'))
    case 'OPENSSH PRIVATE KEY':
      return fail(keyFileProblem('wrong_type', file, 'a key in the form of OpenSSH'))
    default:
      return fail(keyFileProblem('no_key', file))
  }
}

function checkKey(key: KeyObject | undefined, file: string): Result<KeyObject, KeyFileProblem> {
  if (key === undefined) return fail(keyFileProblem('corrupt', file, 'a block is no key'))
  if (key.asymmetricKeyType !== 'ec') {
    return fail(keyFileProblem('wrong_type', file, `a key of the type ${key.asymmetricKeyType ?? 'unknown'}`))
  }
  const curve = key.asymmetricKeyDetails?.namedCurve ?? 'a curve without a name'
  return curve === 'prime256v1' ? ok(key) : fail(keyFileProblem('wrong_curve', file, curve))
}

/** What OpenSSL says about a key that it cannot read helps nobody, and could quote from it: it is dropped. */
function attempt<Value>(read: () => Value): Value | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
