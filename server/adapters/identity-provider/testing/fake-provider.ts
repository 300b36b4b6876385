import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { misbehave, type ProviderBehaviour } from './provider-behaviour.ts'
import { signSegments, type TestAlgorithm } from './sign-token.ts'
import { type TestKey, testKey } from './test-keys.ts'

type Members = Readonly<Record<string, unknown>>

export interface FakeProviderOptions {
  readonly audience?: string
  /** Milliseconds; the tokens are issued at this time. */
  readonly now?: () => number
  /** Path of the issuer, for providers with several tenants on a host. */
  readonly path?: string
  /** Keys to sign with and publish; by default an RSA and a P-256 key. */
  readonly keys?: readonly TestKey[]
}

export interface FakeProvider {
  readonly issuer: string
  /** Requests that arrived, the answered and the hanging. */
  readonly requests: { discovery: number; jwks: number; other: number }
  /** What the key endpoint lists at this moment; assign to change it. */
  jwks: readonly object[]
  /** Members laid over the discovery document; assign to change it. */
  discovery: Members
  /** Keys that `issue` signs with: the first that fits the algorithm. */
  readonly keys: TestKey[]
  /** A signed access token. Members given as undefined are left out; `alg` in the header chooses the key. */
  issue(claims?: Members, header?: Members): string
  /** Signs with a new key from now on. With `overlap` the old ones stay published. */
  rotate(kid: string, overlap: boolean): void
  readonly behaviour: ProviderBehaviour
  behave(behaviour: ProviderBehaviour): Promise<void>
  close(): Promise<void>
}

const algorithmsOf = (key: TestKey): readonly TestAlgorithm[] => {
  switch (key.kind) {
    case 'rsa':
    case 'rsa-1024':
      return ['RS256', 'PS256', 'RS512']
    case 'p-256':
      return ['ES256']
    case 'p-384':
      return ['ES384']
    case 'secp256k1':
      return ['ES256K']
    case 'ed25519':
      return ['EdDSA']
  }
}

const defaultKeys = (): TestKey[] => [
  testKey('rsa-1', 'rsa', { alg: 'RS256' }),
  testKey('ec-1', 'p-256', { alg: 'ES256' }),
]

/** Signs with the first key that fits the algorithm which the header names, or RS256. */
const issueToken = (
  keys: readonly TestKey[],
  claims: Members,
  header: Members,
  { now, serial }: { readonly now: number; readonly serial: number },
): string => {
  const algorithm = (header.alg ?? 'RS256') as TestAlgorithm
  const key = keys.find((candidate) => algorithmsOf(candidate).includes(algorithm))
  if (key === undefined) throw new TypeError(`no key for ${algorithm}`)
  const seconds = Math.floor(now / 1000)
  const all = {
    sub: 'person-1',
    client_id: 'hivewarden-clients',
    scope: 'openid toolhive:config:read',
    iat: seconds,
    exp: seconds + 3600,
    jti: `${seconds}-${serial}`,
    ...claims,
  }
  const protectedHeader = { alg: algorithm, typ: 'at+jwt', kid: key.kid, ...header }
  return signSegments(JSON.stringify(protectedHeader), JSON.stringify(all), algorithm, key.privateKey)
}

/** An identity provider on a real socket: discovery, a key endpoint that can misbehave, and tokens. For tests and the bench. */
export const createFakeProvider = async (options: FakeProviderOptions = {}): Promise<FakeProvider> => {
  const now = options.now ?? Date.now
  const keys = [...(options.keys ?? defaultKeys())]
  const requests = { discovery: 0, jwks: 0, other: 0 }
  let behaviour: ProviderBehaviour = 'normal'
  let serial = 0

  const answerJson = (answer: ServerResponse, value: unknown): void => {
    answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))
  }
  const server = createServer((request: IncomingMessage, answer: ServerResponse) => {
    const path = request.url ?? ''
    if (path.endsWith('/.well-known/openid-configuration')) {
      requests.discovery += 1
      if (misbehave(behaviour, answer)) return
      answerJson(answer, {
        issuer: provider.issuer,
        jwks_uri: `${provider.issuer}/jwks`,
        ...provider.discovery,
      })
      return
    }
    if (path.endsWith('/jwks')) {
      requests.jwks += 1
      if (!misbehave(behaviour, answer)) answerJson(answer, { keys: provider.jwks })
      return
    }
    requests.other += 1
    answer.writeHead(404).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  const stopListening = async (): Promise<void> => {
    if (!server.listening) return
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  }

  const provider: FakeProvider = {
    issuer: `http://127.0.0.1:${port}${options.path ?? ''}`,
    requests,
    keys,
    jwks: keys.map((key) => key.jwk),
    discovery: {},
    issue: (claims = {}, header = {}) => {
      serial += 1
      const aud = options.audience ?? 'enterprise-manager'
      return issueToken(keys, { iss: provider.issuer, aud, ...claims }, header, { now: now(), serial })
    },
    rotate: (kid, overlap) => {
      const key = testKey(kid, 'rsa', { alg: 'RS256' })
      if (!overlap) keys.length = 0
      keys.unshift(key)
      provider.jwks = keys.map((listed) => listed.jwk)
    },
    get behaviour() {
      return behaviour
    },
    behave: async (next) => {
      behaviour = next
      if (next === 'refuse') return stopListening()
      if (server.listening) return
      server.listen(port, '127.0.0.1')
      await once(server, 'listening')
    },
    close: stopListening,
  }
  return provider
}
