import assert from 'node:assert/strict'
import { createPublicKey, verify } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { after, before, describe, test } from 'node:test'
import {
  audience,
  authorization,
  Browser,
  clientId,
  openSignIn,
  pick,
  type RunningProvider,
  redeem,
  scope,
  signIn,
  startProvider,
} from './evaluation-provider.fixture.ts'

const decode = (part: string | undefined): Record<string, unknown> =>
  JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'))

const claimsOf = (token: string): Record<string, unknown> => decode(token.split('.')[1])

let running: RunningProvider
before(async () => {
  running = await startProvider()
})
after(() => running.stop())

describe('discovery', () => {
  test('names the issuer exactly and every address under it', async () => {
    const answer = await fetch(`${running.issuer}/.well-known/openid-configuration`)
    const document = (await answer.json()) as Record<string, unknown>
    assert.equal(document.issuer, running.issuer)
    assert.equal(document.authorization_endpoint, `${running.issuer}/auth`)
    assert.equal(document.token_endpoint, `${running.issuer}/token`)
    assert.equal(document.jwks_uri, `${running.issuer}/jwks`)
    assert.deepEqual(document.code_challenge_methods_supported, ['S256'])
    assert.deepEqual(document.response_types_supported, ['code'])
  })

  test('names the issuer even when it is asked under another loopback name', async () => {
    const answer = await fetch(`http://127.0.0.1:${running.port}/idp/.well-known/openid-configuration`)
    const document = (await answer.json()) as Record<string, unknown>
    assert.equal(document.issuer, running.issuer)
    assert.equal(document.token_endpoint, `${running.issuer}/token`)
  })

  test('stays with the issuer whatever a forwarded header says', async () => {
    const answer = await fetch(`${running.issuer}/.well-known/openid-configuration`, {
      headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
    })
    const document = (await answer.json()) as Record<string, unknown>
    assert.equal(document.token_endpoint, `${running.issuer}/token`)
  })

  test('gives out https addresses where the issuer is https behind a proxy', async () => {
    const proxied = await startProvider({ scheme: 'https' })
    try {
      const answer = await fetch(`${proxied.origin}/idp/.well-known/openid-configuration`)
      const document = (await answer.json()) as Record<string, unknown>
      assert.equal(document.token_endpoint, `https://localhost:${proxied.port}/idp/token`)
    } finally {
      await proxied.stop()
    }
  })

  test('is also found where RFC 8414 puts it', async () => {
    const answer = await fetch(`${running.origin}/.well-known/oauth-authorization-server/idp`)
    const document = (await answer.json()) as Record<string, unknown>
    assert.equal(document.issuer, running.issuer)
    assert.equal(document.token_endpoint, `${running.issuer}/token`)
  })

  test('publishes the public half of the signing key alone', async () => {
    const answer = await fetch(`${running.issuer}/jwks`)
    const { keys } = (await answer.json()) as { keys: Record<string, unknown>[] }
    assert.deepEqual(keys, running.provider.publicJwks().keys)
    assert.deepEqual(Object.keys(keys[0] ?? {}).sort(), ['alg', 'e', 'kid', 'kty', 'n', 'use'])
  })
})

describe('tokens', () => {
  test('a client that names no resource gets a JWT for the manager, with scope and groups', async () => {
    const tokens = await signIn(running, 'amara')
    const header = decode(tokens.access_token.split('.')[0])
    const claims = claimsOf(tokens.access_token)
    assert.equal(header.typ, 'at+jwt')
    assert.equal(header.alg, 'RS256')
    assert.equal(claims.iss, running.issuer)
    assert.equal(claims.aud, audience)
    assert.equal(claims.sub, 'amara')
    assert.equal(claims.client_id, clientId)
    assert.equal(claims.scope, scope)
    assert.equal(claims.email, 'amara@example.com')
    assert.deepEqual(claims.groups, ['engineering', 'platform-admins', 'on-call'])
    assert.equal(Number(claims.exp) - Number(claims.iat), 3600)
  })

  test('the published key verifies them', async () => {
    const [header = '', payload = '', signature = ''] = (await signIn(running, 'bruno')).access_token.split(
      '.',
    )
    const jwk = running.provider.publicJwks().keys[0] ?? {}
    const key = createPublicKey({ key: jwk, format: 'jwk' })
    assert.ok(verify('sha256', Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url')))
  })

  test('a person in no group gets an empty list, not an absent claim', async () => {
    assert.deepEqual(claimsOf((await signIn(running, 'farah')).access_token).groups, [])
  })

  test('a client that names the manager as resource gets the same token', async () => {
    const tokens = await signIn(running, 'dagny', { resource: running.origin })
    assert.equal(claimsOf(tokens.access_token).aud, audience)
    assert.equal(claimsOf(tokens.access_token).scope, scope)
  })

  test('carry no scope that was not asked for', async () => {
    const tokens = await signIn(running, 'emil', { scope: 'openid' })
    assert.equal(claimsOf(tokens.access_token).scope, undefined)
  })

  test('the ID token names the person for the client that asks for profile, email and groups', async () => {
    const tokens = await signIn(running, 'chiyo', { scope: `openid profile email groups ${scope}` })
    const claims = claimsOf(tokens.id_token)
    assert.equal(claims.aud, clientId)
    assert.equal(claims.nonce, 'nonce-1')
    assert.equal(claims.name, 'Chiyo Tanabe')
    assert.equal(claims.email, 'chiyo@example.com')
    assert.deepEqual(claims.groups, ['data-science', 'engineering'])
  })

  test('a refresh token works once and brings a new pair', async () => {
    const tokens = await signIn(running, 'amara')
    const refresh = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token }
    const renewed = await redeem(running.issuer, refresh)
    assert.equal(renewed.status, 200)
    const again = (await renewed.json()) as { access_token: string }
    assert.equal(claimsOf(again.access_token).aud, audience)
    assert.equal((await redeem(running.issuer, refresh)).status, 400)
  })

  test('a code works once, and using it again takes the refresh token back', async () => {
    const browser = new Browser()
    const request = authorization(running.issuer)
    const end = await pick(browser, await openSignIn(browser, request), 'amara')
    const parameters = {
      grant_type: 'authorization_code',
      code: end.searchParams.get('code') ?? '',
      redirect_uri: request.redirectUri,
      code_verifier: request.verifier,
    }
    const first = (await (await redeem(running.issuer, parameters)).json()) as { refresh_token: string }
    assert.equal((await redeem(running.issuer, parameters)).status, 400)
    const refresh = { grant_type: 'refresh_token', refresh_token: first.refresh_token }
    assert.equal((await redeem(running.issuer, refresh)).status, 400)
  })

  test('a code is worth nothing without its verifier', async () => {
    const browser = new Browser()
    const request = authorization(running.issuer)
    const end = await pick(browser, await openSignIn(browser, request), 'amara')
    const answer = await redeem(running.issuer, {
      grant_type: 'authorization_code',
      code: end.searchParams.get('code') ?? '',
      redirect_uri: request.redirectUri,
      code_verifier: 'A'.repeat(43),
    })
    assert.equal(answer.status, 400)
  })
})

describe('authorization', () => {
  const landing = async (changes: Record<string, string | undefined>): Promise<Response> =>
    new Browser().send(authorization(running.issuer, changes).url)

  test('refuses a request without PKCE', async () => {
    const answer = await landing({ code_challenge: undefined, code_challenge_method: undefined })
    assert.match(answer.headers.get('location') ?? '', /error=invalid_request/)
  })

  test('refuses a plain PKCE challenge', async () => {
    const answer = await landing({ code_challenge_method: 'plain' })
    assert.match(answer.headers.get('location') ?? '', /error=invalid_request/)
  })

  test('refuses a token for another resource', async () => {
    const answer = await landing({ resource: 'https://other.example' })
    assert.match(answer.headers.get('location') ?? '', /error=invalid_target/)
  })

  test('refuses an unknown client on a page that shows no markup of the request', async () => {
    const answer = await landing({ client_id: '<script>alert(1)</script>' })
    assert.equal(answer.status, 400)
    assert.doesNotMatch(await answer.text(), /<script>/)
  })

  test('answers prompt=none with login_required, since nobody stays signed in', async () => {
    const browser = new Browser()
    await pick(browser, await openSignIn(browser, authorization(running.issuer)), 'amara')
    const silent = await browser.send(authorization(running.issuer, { prompt: 'none' }).url)
    assert.match(silent.headers.get('location') ?? '', /error=login_required/)
  })
})

describe('the door', () => {
  const statusUnder = (host: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const path = '/idp/.well-known/openid-configuration'
      httpRequest({ port: running.port, host: '127.0.0.1', path, headers: { host } }, (answer) => {
        answer.resume()
        resolve(answer.statusCode ?? 0)
      })
        .on('error', reject)
        .end()
    })

  for (const host of ['localhost:9000', '127.0.0.1:8080', '[::1]:8080', 'LOCALHOST']) {
    test(`answers under ${host}`, async () => {
      assert.equal(await statusUnder(host), 200)
    })
  }

  for (const host of [
    'evil.example',
    'localhost.evil.example',
    'localhost:8080.evil.example',
    '10.0.0.1:8080',
  ]) {
    test(`refuses the host name ${host}: stops DNS rebinding`, async () => {
      assert.equal(await statusUnder(host), 421)
    })
  }

  test('says no to what it does not know', async () => {
    assert.equal((await fetch(`${running.issuer}/nothing-here`)).status, 404)
  })

  test('writes nothing to the console, not even what the library remarks', async (context) => {
    const spoken = [
      context.mock.method(console, 'info', () => undefined),
      context.mock.method(console, 'warn', () => undefined),
      context.mock.method(console, 'error', () => undefined),
    ]
    await signIn(running, 'bruno')
    await new Browser().send(`${running.issuer}/auth?client_id=nobody`)
    await fetch(`${running.issuer}/token`, {
      method: 'POST',
      body: '{"broken',
      headers: { origin: 'http://x' },
    })
    assert.deepEqual(
      spoken.map((method) => method.mock.callCount()),
      [0, 0, 0],
    )
  })

  test('refuses to be set up for an issuer that is not on this machine', async () => {
    const { createEvaluationProvider } = await import('./create-evaluation-provider.ts')
    const settings = { issuer: 'https://idp.example.com/idp', resourceUrl: 'https://config.example.com' }
    await assert.rejects(
      createEvaluationProvider(
        { ...settings, audience, scope, clientId, dataDir: running.dataDir },
        { clock: { now: () => 0 }, logger: running.logger },
      ),
      TypeError,
    )
  })
})

describe('a manager that asks for no scope', () => {
  test('gets tokens all the same', async () => {
    const unscoped = await startProvider({ scope: '' })
    try {
      const tokens = await signIn(unscoped, 'amara', { scope: 'openid' })
      assert.equal(claimsOf(tokens.access_token).aud, audience)
      const without = await signIn(unscoped, 'amara', { scope: undefined, nonce: undefined })
      assert.equal(claimsOf(without.access_token).aud, audience)
    } finally {
      await unscoped.stop()
    }
  })
})
