import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Sealing } from '../../ports/sealing.ts'

const FORM = 'hw1'
const NONCE_BYTES = 12
const TAG_BYTES = 16
const form = /^hw1\.([A-Za-z0-9_-]{16})\.([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]+)$/

/**
 * AES-256-GCM under a master key of 32 bytes: `hw1.<nonce>.<tag>.<ciphertext>`. The form is part of what is
 * authenticated, so that a later form cannot be passed off as this one. Random nonces of 96 bits are safe for 2^32
 * secrets under one master key; an installation seals a handful in its life.
 */
export function createSealing(masterKey: Uint8Array): Sealing {
  if (masterKey.byteLength !== 32) throw new TypeError('a master key has 32 bytes')
  return {
    seal(secret, boundTo) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', masterKey, nonce, { authTagLength: TAG_BYTES })
      cipher.setAAD(associatedData(boundTo))
      const hidden = Buffer.concat([cipher.update(secret), cipher.final()])
      return [FORM, ...[nonce, cipher.getAuthTag(), hidden].map((part) => part.toString('base64url'))].join(
        '.',
      )
    },
    open(sealed, boundTo) {
      const parts = form
        .exec(sealed)
        ?.slice(1)
        .map((part) => Buffer.from(part, 'base64url'))
      const [nonce, tag, hidden] = parts ?? []
      if (nonce === undefined || tag === undefined || hidden === undefined) return undefined
      const decipher = createDecipheriv('aes-256-gcm', masterKey, nonce, { authTagLength: TAG_BYTES })
      decipher.setAAD(associatedData(boundTo))
      decipher.setAuthTag(tag)
      try {
        return Buffer.concat([decipher.update(hidden), decipher.final()])
      } catch {
        return undefined
      }
    },
  }
}

const associatedData = (boundTo: string): Buffer => Buffer.from(`${FORM}\n${boundTo}`)
