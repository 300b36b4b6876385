import { generateKeyPairSync, type KeyObject } from 'node:crypto'

export type TestKeyKind = 'rsa' | 'rsa-1024' | 'p-256' | 'p-384' | 'secp256k1' | 'ed25519'

export interface TestKey {
  readonly kid: string
  readonly kind: TestKeyKind
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
  /** As the provider publishes it. */
  readonly jwk: Readonly<Record<string, unknown>>
}

const generate = (kind: TestKeyKind): { privateKey: KeyObject; publicKey: KeyObject } => {
  switch (kind) {
    case 'rsa':
      return generateKeyPairSync('rsa', { modulusLength: 2048 })
    case 'rsa-1024':
      return generateKeyPairSync('rsa', { modulusLength: 1024 })
    case 'p-256':
      return generateKeyPairSync('ec', { namedCurve: 'P-256' })
    case 'p-384':
      return generateKeyPairSync('ec', { namedCurve: 'P-384' })
    case 'secp256k1':
      return generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
    case 'ed25519':
      return generateKeyPairSync('ed25519')
  }
}

const made = new Map<string, TestKey>()

/** One key pair per name and kind for the whole process: making RSA keys is slow. `members` go into the published JWK. */
export const testKey = (
  kid: string,
  kind: TestKeyKind,
  members: Readonly<Record<string, unknown>> = {},
): TestKey => {
  const name = `${kind} ${kid}`
  let key = made.get(name)
  if (key === undefined) {
    const pair = generate(kind)
    key = { kid, kind, ...pair, jwk: { ...pair.publicKey.export({ format: 'jwk' }) } }
    made.set(name, key)
  }
  return { ...key, jwk: { ...key.jwk, kid, use: 'sig', ...members } }
}
