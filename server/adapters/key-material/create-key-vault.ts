import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { fail, ok } from '../../../domain/result.ts'
import type { PublicSigningJwk } from '../../../domain/signing-keys/public-signing-jwk.ts'
import type { KeyVault, SealedKey } from '../../ports/key-vault.ts'
import type { Sealing } from '../../ports/sealing.ts'
import { createNodeEnvelopeSigner, publicSigningJwk } from './node-envelope-signer.ts'
import { parseKeyRing } from './parse-key-ring.ts'
import { splitPem } from './split-pem.ts'

/** Private halves as PKCS#8, sealed and bound to the `kid` of their public half. */
export function createKeyVault(sealing: Sealing): KeyVault {
  const sealKey = (key: KeyObject): SealedKey => {
    const publicJwk = publicSigningJwk(key)
    const secret = key.export({ type: 'pkcs8', format: 'der' })
    try {
      return { publicJwk, sealedPrivate: sealing.seal(secret, publicJwk.kid) }
    } finally {
      secret.fill(0)
    }
  }
  return {
    generate: () => sealKey(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey),
    importPem(pem, origin) {
      const ring = parseKeyRing(pem, origin)
      if (!ring.ok) return fail(ring.problem.message)
      // A text that parsed begins with a good private key of P-256.
      const [first] = splitPem(pem)
      if (first === undefined) throw new TypeError('a key ring without a key')
      return ok(sealKey(createPrivateKey(first.text)))
    },
    signer({ publicJwk, sealedPrivate }) {
      const secret = sealing.open(sealedPrivate, publicJwk.kid)
      if (secret === undefined) return undefined
      try {
        const key = createPrivateKey({ key: Buffer.from(secret), type: 'pkcs8', format: 'der' })
        const signer = createNodeEnvelopeSigner(key)
        // Stops a writer of the database from pairing a genuine private half with a public half of its own.
        return signer !== undefined && isSameKey(signer.publicJwk, publicJwk) ? signer : undefined
      } catch {
        return undefined
      } finally {
        secret.fill(0)
      }
    },
  }
}

const isSameKey = (one: PublicSigningJwk, other: PublicSigningJwk): boolean =>
  one.kid === other.kid && one.x === other.x && one.y === other.y
