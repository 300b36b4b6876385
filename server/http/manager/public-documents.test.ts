import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import {
  startTestManager,
  type TestManager,
  type TestManagerOptions,
} from '../../testing/start-test-manager.ts'

const open: TestManager[] = []
after(() => Promise.all(open.map((each) => each.close())))
const start = async (options: TestManagerOptions): Promise<TestManager> => {
  const manager = await startTestManager(options)
  open.push(manager)
  return manager
}

const BOOTSTRAP = '/.well-known/toolhive-configuration'
const JWKS = '/.well-known/jwks.json'
const METADATA = '/.well-known/oauth-protected-resource'

const usual = await start({ settings: { clientID: '0oa1b2c3' } })
const withPath = await start({ settings: { resourceURL: 'https://example.com/fleet/eu' } })
const nameless = await start({ settings: { resourceURL: undefined } })
const bare = await start({ key: 'none', provider: 'none', settings: { 'idpConfig.requiredScope': '' } })

describe('bootstrap', () => {
  test('names everything that a client needs', async () => {
    assert.deepEqual((await usual.request(BOOTSTRAP)).json(), {
      config_endpoint: 'https://config.example.com/api/v1beta/config',
      jwks_uri: 'https://config.example.com/.well-known/jwks.json',
      issuer: usual.provider.issuer,
      client_id: '0oa1b2c3',
      scopes_supported: ['toolhive:config:read'],
      oauth_protected_resource: 'https://config.example.com/.well-known/oauth-protected-resource',
    })
  })

  test('leaves out what is not configured', async () => {
    assert.deepEqual((await bare.request(BOOTSTRAP)).json(), {
      config_endpoint: 'https://config.example.com/api/v1beta/config',
      jwks_uri: 'https://config.example.com/.well-known/jwks.json',
      oauth_protected_resource: 'https://config.example.com/.well-known/oauth-protected-resource',
    })
  })

  test('without a resource URL names the loopback address and no metadata', async () => {
    const document = (await nameless.request(BOOTSTRAP)).json()
    assert.equal(document.config_endpoint, `http://localhost:${nameless.port}/api/v1beta/config`)
    assert.equal('oauth_protected_resource' in document, false)
  })

  test('puts the metadata of a resource with a path where RFC 9728 has it', async () => {
    const document = (await withPath.request(BOOTSTRAP)).json()
    assert.equal(document.config_endpoint, 'https://example.com/fleet/eu/api/v1beta/config')
    assert.equal(
      document.oauth_protected_resource,
      'https://example.com/.well-known/oauth-protected-resource/fleet/eu',
    )
  })

  test('never says what a Host header says', async () => {
    const { answers } = await usual.send(
      `GET ${BOOTSTRAP} HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nForwarded: host=evil.example\r\n\r\n`,
      { answers: 1 },
    )
    assert.equal(answers[0]?.status, 200)
    assert.doesNotMatch(JSON.stringify(answers), /evil/)
  })
})

describe('protected-resource metadata', () => {
  test('says where to get a token for this manager', async () => {
    assert.deepEqual((await usual.request(METADATA)).json(), {
      resource: 'https://config.example.com',
      authorization_servers: [usual.provider.issuer],
      bearer_methods_supported: ['header'],
      jwks_uri: 'https://config.example.com/.well-known/jwks.json',
      scopes_supported: ['toolhive:config:read'],
    })
  })

  for (const path of [METADATA, `${METADATA}/fleet/eu`, `/fleet/eu${METADATA}`]) {
    test(`is found at ${path} where the resource URL has the path /fleet/eu`, async () => {
      const answer = await withPath.request(path)
      assert.equal(answer.status, 200)
      assert.equal(answer.json().resource, 'https://example.com/fleet/eu')
    })
  }

  for (const path of [`${METADATA}/`, `${METADATA}/fleet`, `${METADATA}/fleet/eu/`, `/fleet${METADATA}`]) {
    test(`is not found at ${path}`, async () => {
      assert.equal((await withPath.request(path)).status, 404)
    })
  }

  test('is 404 and says why where no resource URL is configured', async () => {
    const answer = await nameless.request(METADATA)
    assert.equal(answer.status, 404)
    assert.match(String(answer.json().error_description), /resource URL/)
  })

  test('names no authorization server where none is configured', async () => {
    const document = (await bare.request(METADATA)).json()
    assert.deepEqual(document.authorization_servers, [])
    assert.equal('scopes_supported' in document, false)
  })
})

describe('every path of the manager stands under the path of its resource URL too', () => {
  for (const path of [BOOTSTRAP, JWKS, '/healthz', '/readyz']) {
    test(path, async () => assert.equal((await withPath.request(`/fleet/eu${path}`)).status, 200))
  }

  test('the config', async () => {
    assert.equal((await withPath.request('/fleet/eu/api/v1beta/config')).status, 401)
  })
})

describe('JWKS', () => {
  test('lists the public half of the key and nothing private', async () => {
    const { keys } = (await usual.request(JWKS)).json() as { keys: Record<string, unknown>[] }
    assert.equal(keys.length, 1)
    assert.deepEqual(Object.keys(keys[0] ?? {}).sort(), ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
  })

  test('without a key is 503 signing_not_configured', async () => {
    const answer = await bare.request(JWKS)
    assert.equal(answer.status, 503)
    assert.equal(answer.json().error, 'signing_not_configured')
  })
})

test('a manager without an identity provider refuses every token', async () => {
  const answer = await bare.config()
  assert.equal(answer.status, 401)
  assert.equal(answer.json().error, 'invalid_token')
})

test('a manager without a signing key answers whoever has a good token with 503 signing_not_configured', async () => {
  const keyless = await start({ key: 'none' })
  const answer = await keyless.config()
  assert.equal(answer.status, 503)
  assert.equal(answer.json().error, 'signing_not_configured')
  assert.equal(answer.headers['retry-after'], '60')
  const ready = await keyless.request('/readyz')
  assert.equal(ready.status, 503)
  assert.equal(ready.json().signing_key, 'failing: no signing key is configured')
})

for (const path of [BOOTSTRAP, JWKS, METADATA]) {
  describe(`${path} as a cache sees it`, () => {
    test('may be kept for five minutes by anybody, and read by pages of other origins', async () => {
      const { headers } = await usual.request(path)
      assert.equal(headers['cache-control'], 'public, max-age=300')
      assert.equal(headers['access-control-allow-origin'], '*')
      assert.equal(headers['content-type'], 'application/json')
      assert.equal(headers['x-content-type-options'], 'nosniff')
    })

    test('needs no token and is not changed by a bad one', async () => {
      const answer = await usual.request(path, { headers: { Authorization: 'Bearer not.a.token' } })
      assert.equal(answer.status, 200)
    })

    test('HEAD has the headers of GET', async () => {
      const { date: _one, ...head } = (await usual.request(path, { method: 'HEAD' })).headers
      const { date: _other, ...get } = (await usual.request(path)).headers
      assert.deepEqual(head, get)
    })

    test('OPTIONS lets pages of other origins ask with a tag', async () => {
      const { status, headers } = await usual.request(path, { method: 'OPTIONS' })
      assert.equal(status, 204)
      assert.equal(headers['access-control-allow-origin'], '*')
      assert.equal(headers['access-control-allow-headers'], 'If-None-Match')
    })

    test('POST is 405 and says what is allowed', async () => {
      const { status, headers } = await usual.request(path, { method: 'POST', body: '{}' })
      assert.equal(status, 405)
      assert.equal(headers.allow, 'GET, HEAD, OPTIONS')
    })
  })
}

for (const path of [BOOTSTRAP, JWKS]) {
  test(`${path} is 304 with its tag, and repeats what a cache needs`, async () => {
    const { headers } = await usual.request(path)
    assert.match(headers.etag ?? '', /^"[0-9a-f]{32}"$/)
    const again = await usual.request(path, { headers: { 'If-None-Match': `W/${headers.etag}` } })
    assert.equal(again.status, 304)
    assert.equal(again.text, '')
    assert.equal(again.headers.etag, headers.etag)
    assert.equal(again.headers['cache-control'], 'public, max-age=300')
    assert.equal(again.headers['access-control-allow-origin'], '*')
  })
}

test('the metadata has no tag: its description names none', async () => {
  const answer = await usual.request(METADATA, { headers: { 'If-None-Match': '*' } })
  assert.equal(answer.status, 200)
  assert.equal(answer.headers.etag, undefined)
})

describe('health', () => {
  test('healthz says that the process answers', async () => {
    const answer = await usual.request('/healthz')
    assert.deepEqual([answer.status, answer.json()], [200, { status: 'ok' }])
    assert.equal(answer.headers['cache-control'], 'no-store')
  })

  test('readyz names every part', async () => {
    const answer = await usual.request('/readyz')
    assert.equal(answer.status, 200)
    assert.deepEqual(answer.json(), {
      status: 'ready',
      policy: 'ok',
      signing_key: 'ok',
      identity_provider: 'ok',
      database: 'ok: not needed',
    })
  })

  test('readyz of a manager without a key is 503, and says what else needs a look', async () => {
    const answer = await bare.request('/readyz')
    assert.equal(answer.status, 503)
    assert.equal(answer.json().status, 'not ready')
    assert.match(String(answer.json().identity_provider), /^warning: none is configured/)
  })

  for (const path of ['/healthz', '/readyz']) {
    test(`HEAD ${path} has no body, and POST is 405`, async () => {
      assert.equal((await usual.request(path, { method: 'HEAD' })).text, '')
      assert.equal((await usual.request(path, { method: 'POST' })).status, 405)
    })
  }
})

for (const path of [
  '/',
  '/.well-known/',
  '/.well-known/jwks',
  '/api',
  '/api/v1/config',
  '/healthz/',
  '/metrics',
]) {
  test(`${path} is 404 with a problem that a program can read`, async () => {
    const answer = await usual.request(path)
    assert.equal(answer.status, 404)
    assert.equal(answer.json().error, 'not_found')
    assert.equal(answer.headers['cache-control'], 'no-store')
  })
}
