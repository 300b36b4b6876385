import { createPrivateKey } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buildEnvelope } from '../../../domain/envelope/build-envelope.ts'
import { jsonForm, protectedHeader, signingInput } from '../../../domain/envelope/signed-forms.ts'
import { generateSigningKey } from '../../adapters/key-material/generate-signing-key.ts'
import { createNodeEnvelopeSigner } from '../../adapters/key-material/node-envelope-signer.ts'
import { sha256 } from '../../adapters/system/sha256.ts'
import type { EnvelopeSigner } from '../../ports/signer.ts'
import type { CommandIo } from '../command.ts'

export const goodToken = [
  { alg: 'RS256' },
  { sub: 'amara', aud: 'enterprise-manager', groups: ['engineering'] },
  {},
]
  .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .join('.')

export interface Reply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

type Responder = (request: IncomingMessage) => Reply

export interface FakeManager {
  readonly origin: string
  /** What each path answers. Replacing one is how a test breaks the manager. */
  readonly replies: Record<string, Responder>
  /** Every request so far: method, path, and whether it carried a token. */
  readonly requests: { readonly line: string; readonly authorized: boolean }[]
  stop(): Promise<void>
}

/** A manager and its identity provider on a real listener, in order until a test changes a reply. */
export const startFakeManager = async (): Promise<FakeManager> => {
  const replies: Record<string, Responder> = {}
  const requests: FakeManager['requests'] = []
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    requests.push({ line: `${request.method} ${path}`, authorized: 'authorization' in request.headers })
    const { status, headers, body } = replies[path]?.(request) ?? {
      status: 404,
      body: { error: 'not_found' },
    }
    response.writeHead(status, { 'content-type': 'application/json', connection: 'close', ...headers })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`
  Object.assign(replies, goodReplies(origin))
  return {
    origin,
    replies,
    requests,
    stop: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

const goodReplies = (origin: string): Record<string, Responder> => {
  const { pem, publicJwk } = generateSigningKey()
  const signer = createNodeEnvelopeSigner(createPrivateKey(pem))
  if (signer === undefined) throw new TypeError('A new key signs.')
  const serve =
    (body: unknown): Responder =>
    () => ({ status: 200, body })
  return {
    '/.well-known/toolhive-configuration': serve({
      config_endpoint: `${origin}/api/v1beta/config`,
      jwks_uri: `${origin}/.well-known/jwks.json`,
      issuer: `${origin}/idp`,
      client_id: 'toolhive',
      scopes_supported: ['toolhive:config:read'],
      oauth_protected_resource: `${origin}/.well-known/oauth-protected-resource`,
    }),
    '/.well-known/jwks.json': serve({ keys: [publicJwk] }),
    '/.well-known/oauth-protected-resource': serve({
      resource: origin,
      authorization_servers: [`${origin}/idp`],
      bearer_methods_supported: ['header'],
    }),
    '/idp/.well-known/openid-configuration': serve({
      issuer: `${origin}/idp`,
      authorization_endpoint: `${origin}/idp/auth`,
      token_endpoint: `${origin}/idp/token`,
      jwks_uri: `${origin}/idp/jwks`,
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
    }),
    '/api/v1beta/config': configReply(origin, signer),
  }
}

const configReply =
  (origin: string, signer: EnvelopeSigner): Responder =>
  (request) => {
    if (request.headers.authorization !== `Bearer ${goodToken}`) {
      const challenge = `Bearer resource_metadata="${origin}/.well-known/oauth-protected-resource"`
      return {
        status: 401,
        headers: { 'www-authenticate': challenge },
        body: { error: 'invalid_token', error_description: 'The token is not good for this manager.' },
      }
    }
    const unsigned = buildEnvelope(
      {
        config: { playground: { value: false, enforcement: 'enforced' } },
        manager: origin,
        serial: 7,
        publishedAt: 0,
        now: Math.floor(Date.now() / 1000),
        ttl: 86_400,
        refreshInterval: '5m0s',
      },
      sha256,
    )
    const etag = `"${unsigned.etag}"`
    if (request.headers['if-none-match'] === etag) return { status: 304, headers: { etag }, body: '' }
    const signature = signer.sign(signingInput(unsigned.payload, signer.kid))
    const body = jsonForm(unsigned, protectedHeader(signer.kid), signature)
    return { status: 200, headers: { etag }, body }
  }

export interface RecordedIo extends CommandIo {
  readonly printed: string[]
  readonly errors: string[]
}

export const recordedIo = (): RecordedIo => {
  const printed: string[] = []
  const errors: string[] = []
  return {
    printed,
    errors,
    terminal: false,
    print: (line) => {
      printed.push(line)
    },
    printError: (line) => {
      errors.push(line)
    },
  }
}
