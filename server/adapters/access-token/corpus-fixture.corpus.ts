import type { TokenRefusal } from '../../../domain/identity/token-refusal.ts'
import { createFakeProvider, type FakeProvider } from '../identity-provider/testing/fake-provider.ts'
import { signSegments, type TestAlgorithm } from '../identity-provider/testing/sign-token.ts'
import { type TestKey, testKey } from '../identity-provider/testing/test-keys.ts'

export interface TokenCase {
  readonly id: string
  readonly title: string
  readonly token: string
  /** `no_crash`: accepted or refused, either is right. */
  readonly expect: 'accept' | 'invalid_token' | 'insufficient_scope' | 'no_crash'
  /** The reason that goes to the log, where there is only one right one. */
  readonly reason?: TokenRefusal
  readonly http?: {
    /** Statuses, of which one has to come, where HTTP itself answers before or otherwise than the token check. */
    readonly status: readonly number[]
    /** Lines to send as Authorization instead of `Bearer TOKEN`. */
    readonly authorization?: readonly string[]
    /** Where else the token goes; then there is no Authorization at all. */
    readonly carriedIn?: 'query' | 'form'
    /** True when WWW-Authenticate names no error, because no credentials came. */
    readonly withoutError?: true
  }
  /** The text cannot stand in a header line. */
  readonly inProcessOnly?: true
  /** Says something about HTTP only; as a token alone it is a good one. */
  readonly httpOnly?: true
}

export interface CorpusFixture {
  readonly provider: FakeProvider
  /** The first is what the provider's tokens carry. */
  readonly audiences: readonly [string, ...string[]]
  readonly requiredScope: string
  /** Milliseconds, the time by which the tokens were made. */
  readonly now: () => number
}

export type Members = Readonly<Record<string, unknown>>

export const keys = {
  rsa: () => testKey('rsa-1', 'rsa', { alg: 'RS256' }),
  ec: () => testKey('ec-1', 'p-256', { alg: 'ES256' }),
  encryption: () => testKey('enc-1', 'rsa', { use: 'enc', alg: 'RSA-OAEP' }),
  otherAlgorithm: () => testKey('ps-1', 'rsa', { alg: 'PS256' }),
  weak: () => testKey('weak-1', 'rsa-1024', { alg: 'RS256' }),
  ed25519: () => testKey('ed-1', 'ed25519'),
  p384: () => testKey('p384-1', 'p-384'),
  secp256k1: () => testKey('k1-1', 'secp256k1'),
  /** Published by nobody. */
  attacker: () => testKey('attacker-1', 'rsa'),
}

/** A provider whose key set holds what the corpus needs: good keys, and every kind that must not be used. */
export const createCorpusFixture = async (now: () => number = Date.now): Promise<CorpusFixture> => {
  const { attacker, ...published } = keys
  const listed = Object.values(published).map((make) => make())
  const provider = await createFakeProvider({ keys: listed, now })
  return { provider, audiences: ['enterprise-manager'], requiredScope: 'toolhive:config:read', now }
}

/** Makes tokens for one fixture, good but for what the case at hand changes. */
export const createForge = ({ provider, audiences, requiredScope, now }: CorpusFixture) => {
  const seconds = Math.floor(now() / 1000)
  const claims = (over: Members = {}): Members => ({
    iss: provider.issuer,
    aud: audiences[0],
    sub: 'person-1',
    client_id: 'hivewarden-clients',
    scope: `openid ${requiredScope}`,
    iat: seconds,
    exp: seconds + 3600,
    ...over,
  })
  const header = (over: Members = {}): Members => ({ alg: 'RS256', typ: 'at+jwt', kid: 'rsa-1', ...over })
  const signed = (
    headerText: string,
    payload: string | Uint8Array,
    key: TestKey = keys.rsa(),
    algorithm: TestAlgorithm = 'RS256',
  ): string => signSegments(headerText, payload, algorithm, key.privateKey)
  return {
    seconds,
    claims,
    header,
    signed,
    /** By claims and header members that differ from a good token's; undefined leaves one out. */
    token: (claimsOver: Members = {}, headerOver: Members = {}): string =>
      signed(JSON.stringify(header(headerOver)), JSON.stringify(claims(claimsOver))),
    tokenBy: (key: TestKey, algorithm: TestAlgorithm, headerOver: Members = {}): string =>
      signed(
        JSON.stringify(header({ alg: algorithm, kid: key.kid, ...headerOver })),
        JSON.stringify(claims()),
        key,
        algorithm,
      ),
    /** With the payload as exact text or bytes. */
    payload: (payload: string | Uint8Array): string => signed(JSON.stringify(header()), payload),
    /** With the header as exact text. */
    headerText: (text: string): string => signed(text, JSON.stringify(claims())),
  }
}

export type Forge = ReturnType<typeof createForge>

export const refused = (
  id: string,
  title: string,
  token: string,
  reason: TokenRefusal,
  more: Partial<TokenCase> = {},
): TokenCase => ({
  id,
  title,
  token,
  expect: reason === 'scope_missing' ? 'insufficient_scope' : 'invalid_token',
  reason,
  ...more,
})

export const accepted = (
  id: string,
  title: string,
  token: string,
  more: Partial<TokenCase> = {},
): TokenCase => ({
  id,
  title,
  token,
  expect: 'accept',
  ...more,
})
