import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { canonical } from './verify-envelope.mjs'

export const START = 1_790_000_100

export interface TestKey {
  readonly jwk: { kty: string; crv: string; x: string; y: string; kid: string; use: string; alg: string }
  /** Both forms of a signed envelope. */
  seal(members: object): { json: string; jose: string }
}

export function createTestKey(): TestKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const kid = createHash('sha256')
    .update(JSON.stringify({ crv: 'P-256', kty: 'EC', x, y }))
    .digest('base64url')
  const header = Buffer.from(JSON.stringify({ alg: 'ES256', kid, typ: 'toolhive-config+jws' })).toString(
    'base64url',
  )
  const seal = (members: object) => {
    const payload = Buffer.from(canonical(members)).toString('base64url')
    const bytes = sign('sha256', Buffer.from(`${header}.${payload}`), {
      key: privateKey,
      dsaEncoding: 'ieee-p1363',
    })
    const signature = bytes.toString('base64url')
    const json = canonical({ ...members, signature: `${header}..${signature}` })
    return { json, jose: `${header}.${payload}.${signature}` }
  }
  return { jwk: { kty: 'EC', crv: 'P-256', x, y, kid, use: 'sig', alg: 'ES256' }, seal }
}

/** What the fake manager says; a test changes it while it runs. */
export interface Script {
  manager: string
  members: Record<string, unknown>
  /** Signs. */
  key: TestKey
  /** Published. */
  keys: unknown[]
  bootstrap: Record<string, unknown>
  /** Answers to the envelope request that come before the honest one. */
  answers: { status: number; headers?: Record<string, string>; body?: string }[]
  readonly requests: { path: string; headers: Record<string, string | string[] | undefined> }[]
}

/** A manager on a real listener that says whatever a test wants it to say. */
export async function startFakeManager(): Promise<{ script: Script; stop(): Promise<void> }> {
  const key = createTestKey()
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    script.requests.push({ path, headers: request.headers })
    const { status, headers, body } = answerTo(path, request.headers, script)
    response.writeHead(status, headers).end(body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const manager = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const script: Script = {
    manager,
    members: sampleMembers(manager),
    key,
    keys: [key.jwk],
    bootstrap: {
      config_endpoint: `${manager}/api/v1beta/config`,
      jwks_uri: `${manager}/.well-known/jwks.json`,
    },
    answers: [],
    requests: [],
  }
  const stop = async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  return { script, stop }
}

const sampleMembers = (manager: string): Record<string, unknown> => ({
  schema_version: '1',
  config: {},
  degraded_mode: { policy: 'block_new', grace_period: '24h', message: 'Call 4400.' },
  etag: `sha256:${'1'.repeat(64)}`,
  issued_at: '2026-09-21T14:13:20Z',
  not_after: '2026-09-22T14:13:20Z',
  refresh_interval: '5m0s',
  serial: 42,
  manager,
})

type Answer = { status: number; headers?: Record<string, string>; body?: string }

function answerTo(path: string, headers: Script['requests'][number]['headers'], script: Script): Answer {
  if (path === '/.well-known/toolhive-configuration')
    return { status: 200, body: JSON.stringify(script.bootstrap) }
  if (path === '/.well-known/jwks.json') return { status: 200, body: JSON.stringify({ keys: script.keys }) }
  if (path !== '/api/v1beta/config') return { status: 404 }
  const scripted = script.answers.shift()
  if (scripted !== undefined) return scripted
  const jose = headers.accept === 'application/jose'
  if (headers['if-none-match'] === `"${script.members.etag}${jose ? ';jose' : ''}"`) return { status: 304 }
  const { json, jose: compact } = script.key.seal(script.members)
  return { status: 200, body: jose ? compact : json }
}
