import type { FakeManager } from './fake-manager.fixture.ts'
import type { StepId } from './report.ts'

export const managerPaths = {
  bootstrap: '/.well-known/toolhive-configuration',
  jwks: '/.well-known/jwks.json',
  metadata: '/.well-known/oauth-protected-resource',
  discovery: '/idp/.well-known/openid-configuration',
  config: '/api/v1beta/config',
} as const

const { bootstrap, jwks, metadata, discovery, config } = managerPaths

/** Answers the path with its own members, changed. */
export const changeReply = (manager: FakeManager, path: string, changes: Record<string, unknown>): void => {
  const good = manager.replies[path]
  manager.replies[path] = (request) => {
    const reply = good?.(request)
    return { ...reply, status: 200, body: { ...(reply?.body as object), ...changes } }
  }
}

interface BrokenManager {
  readonly damage: (manager: FakeManager) => void
  readonly step: StepId
  readonly says: RegExp
}

/** Each is in order but for one thing, which the named step must find. */
export const brokenManagers: Readonly<Record<string, BrokenManager>> = {
  'another service under the address': {
    damage: (manager) => {
      manager.replies[bootstrap] = () => ({ status: 404, body: '<h1>Not found</h1>' })
    },
    step: 'bootstrap',
    says: /answers 404/,
  },
  'a sign-in page instead of the bootstrap document': {
    damage: (manager) => {
      manager.replies[bootstrap] = () => ({ status: 200, body: '<h1>Welcome</h1>' })
    },
    step: 'bootstrap',
    says: /no JSON object/,
  },
  'a redirect, which no client follows': {
    damage: (manager) => {
      manager.replies[bootstrap] = () => ({ status: 302, headers: { location: '/elsewhere' }, body: '' })
    },
    step: 'bootstrap',
    says: /sends elsewhere/,
  },
  'a bootstrap document without an endpoint': {
    damage: (manager) => changeReply(manager, bootstrap, { config_endpoint: '' }),
    step: 'bootstrap',
    says: /no config_endpoint/,
  },
  'a plain http address outside this machine': {
    damage: (manager) =>
      changeReply(manager, bootstrap, { config_endpoint: 'http://config.example.com/api/v1beta/config' }),
    step: 'addresses',
    says: /neither https nor on this machine/,
  },
  'a manager without a signing key': {
    damage: (manager) => {
      manager.replies[jwks] = () => ({ status: 503, body: { error: 'signing_not_configured' } })
    },
    step: 'keys',
    says: /503 \(signing_not_configured\)/,
  },
  'a published private key': {
    damage: (manager) =>
      changeReply(manager, jwks, { keys: [{ kty: 'EC', crv: 'P-256', kid: 'a', d: 'secret' }] }),
    step: 'keys',
    says: /publishes a private key/,
  },
  'an empty key set': {
    damage: (manager) => changeReply(manager, jwks, { keys: [] }),
    step: 'keys',
    says: /no key/,
  },
  'another name of the manager': {
    damage: (manager) => changeReply(manager, metadata, { resource: 'https://config.example.com' }),
    step: 'resource',
    says: /calls itself https:\/\/config\.example\.com/,
  },
  'metadata with another identity provider': {
    damage: (manager) => changeReply(manager, metadata, { authorization_servers: ['https://other.example'] }),
    step: 'resource',
    says: /does not name/,
  },
  'an issuer that differs from its own document by a slash': {
    damage: (manager) => changeReply(manager, discovery, { issuer: `${manager.origin}/idp/` }),
    step: 'discovery',
    says: /names the issuer/,
  },
  'an identity provider without PKCE': {
    damage: (manager) => changeReply(manager, discovery, { code_challenge_methods_supported: ['plain'] }),
    step: 'discovery',
    says: /S256/,
  },
  'an identity provider with an unsafe token endpoint': {
    damage: (manager) => changeReply(manager, discovery, { token_endpoint: 'http://idp.example.com/token' }),
    step: 'discovery',
    says: /token_endpoint is http:/,
  },
  'a configuration that anybody may read': {
    damage: (manager) => {
      manager.replies[config] = () => ({ status: 200, body: {} })
    },
    step: 'challenge',
    says: /answers 200, not 401/,
  },
  'a proxy that swallows the challenge': {
    damage: (manager) => {
      manager.replies[config] = () => ({ status: 401, body: { error: 'invalid_token' } })
    },
    step: 'challenge',
    says: /does not ask for a bearer token/,
  },
  'an envelope of a key that is not published': {
    damage: (manager) => {
      const { jwks: other } = {
        jwks: { kty: 'EC', crv: 'P-256', kid: 'other', x: 'A'.repeat(43), y: 'A'.repeat(43) },
      }
      changeReply(manager, jwks, { keys: [other] })
    },
    step: 'envelope',
    says: /Refused at key: unknown_key/,
  },
  'an envelope that was changed on the way': {
    damage: (manager) => {
      const good = manager.replies[config]
      manager.replies[config] = (request) => {
        const reply = good?.(request) ?? { status: 500 }
        return { ...reply, body: String(reply.body).replace('"value":false', '"value":true') }
      }
    },
    step: 'envelope',
    says: /Refused at signature: signature_wrong/,
  },
  'a proxy that weakens the tag': {
    damage: (manager) => {
      const good = manager.replies[config]
      manager.replies[config] = (request) => {
        const reply = good?.(request) ?? { status: 500 }
        return { ...reply, headers: { ...reply.headers, etag: `W/${reply.headers?.etag}` } }
      }
    },
    step: 'envelope',
    says: /the ETag header says W\//,
  },
}
