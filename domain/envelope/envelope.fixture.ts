import { type PublicSigningJwk, thumbprintInput } from '../signing-keys/public-signing-jwk.ts'
import { decodeBase64Url, encodeBase64Url, encodeText } from './base64url.ts'
import { canonicalJson } from './canonical-json.ts'
import { protectedHeader } from './signed-forms.ts'
import type { VerifyContext, VerifySignature } from './verify-envelope.ts'

/** Signs and verifies with WebCrypto, as a browser does. The adapters' tests do the same with node:crypto. */
const { subtle } = globalThis.crypto
const ecdsa = { name: 'ECDSA', hash: 'SHA-256' }
const utf8 = (text: string) => new TextEncoder().encode(text)

export const MANAGER = 'https://config.example.com'
/** 2026-09-21T14:15:00Z */
export const NOW = 1_790_000_100

export interface TestKey {
  readonly jwk: PublicSigningJwk
  readonly sign: (text: string) => Promise<string>
}

export async function createTestKey(): Promise<TestKey> {
  const pair = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  const { x = '', y = '' } = await subtle.exportKey('jwk', pair.publicKey)
  const kid = encodeBase64Url(new Uint8Array(await subtle.digest('SHA-256', utf8(thumbprintInput({ x, y })))))
  return {
    jwk: { kty: 'EC', crv: 'P-256', x, y, kid, use: 'sig', alg: 'ES256' },
    sign: async (text) =>
      encodeBase64Url(new Uint8Array(await subtle.sign(ecdsa, pair.privateKey, utf8(text)))),
  }
}

export const verifySignature: VerifySignature = async ({ kty, crv, x, y }, signingInput, signature) => {
  const parameters = { name: 'ECDSA', namedCurve: 'P-256' }
  const key = await subtle.importKey('jwk', { kty, crv, x, y }, parameters, false, ['verify'])
  return subtle.verify(ecdsa, key, new Uint8Array(signature), utf8(signingInput))
}

export const sampleMembers = {
  schema_version: '1',
  config: { playground: { value: false, enforcement: 'enforced' } },
  etag: `sha256:${'0'.repeat(64)}`,
  issued_at: '2026-09-21T14:13:20Z',
  not_after: '2026-09-22T14:13:20Z',
  refresh_interval: '5m0s',
  serial: 42,
  manager: MANAGER,
}

export const ISSUED_AT = 1_790_000_000
export const NOT_AFTER = 1_790_086_400

/** Makes a compact JWS of whatever header and payload a test wants, under an honest signature. */
export async function sealJose(key: TestKey, payload: string, header?: string): Promise<string> {
  const first = header === undefined ? protectedHeader(key.jwk.kid) : encodeText(header)
  const input = `${first}.${encodeText(payload)}`
  return `${input}.${await key.sign(input)}`
}

/** Makes the JSON form of an envelope with these members, as a manager would. */
export async function sealJson(key: TestKey, members: object): Promise<string> {
  const [header = '', , signature = ''] = (await sealJose(key, canonicalJson(members))).split('.')
  return canonicalJson({ ...members, signature: `${header}..${signature}` })
}

/** Both forms of one envelope, since neither may be weaker than the other. */
export const sealBoth = async (key: TestKey, members: object) => ({
  'JSON form': await sealJson(key, members),
  'JOSE form': await sealJose(key, canonicalJson(members)),
})

export const contextOf = (key: TestKey, changes: Partial<VerifyContext> = {}): VerifyContext => ({
  keys: [key.jwk],
  manager: MANAGER,
  now: NOW,
  verifySignature,
  ...changes,
})

export function flipBit(signature: string): string {
  const bytes = decodeBase64Url(signature) ?? new Uint8Array(64)
  return encodeBase64Url(bytes.map((byte, at) => (at === 40 ? byte ^ 1 : byte)))
}
