import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { startTestManager } from '../../testing/start-test-manager.ts'
import { bearerToken } from './bearer-token.ts'

const parameter = /\s*([a-z_]+)="((?:[ !#-[\]-~]|\\[\x20-\x7e])*)"\s*(?:,|$)/y

/** The challenge as RFC 9110, 11.6.1 has it, read strictly: one scheme, then parameters, none of them twice. */
function parseChallenge(header = ''): { scheme: string; parameters: Record<string, string> } {
  const [, scheme = '', rest = ''] = /^([A-Za-z]+) (.*)$/.exec(header) ?? []
  const parameters: Record<string, string> = {}
  let at = 0
  while (at < rest.length) {
    parameter.lastIndex = at
    const [, name = '', value = ''] = parameter.exec(rest) ?? []
    assert.notEqual(name, '', `This is no parameter: ${rest.slice(at)}`)
    assert.equal(parameters[name], undefined, `${name} is there twice`)
    parameters[name] = value
    at = parameter.lastIndex
  }
  return { scheme, parameters }
}

const manager = await startTestManager()
const withPath = await startTestManager({ settings: { resourceURL: 'https://example.com/fleet' } })
const nameless = await startTestManager({ settings: { resourceURL: undefined } })
after(() => Promise.all([manager, withPath, nameless].map((each) => each.close())))

const metadata = 'https://config.example.com/.well-known/oauth-protected-resource'
const challengeOf = async (headers: Readonly<Record<string, string | undefined>>, from = manager) => {
  const answer = await from.config(headers)
  assert.equal(answer.status, 401)
  return { ...parseChallenge(answer.headers['www-authenticate']), body: answer.json() }
}

describe('WWW-Authenticate', () => {
  for (const [title, authorization] of [
    ['no Authorization', undefined],
    ['another scheme', 'Basic dXNlcjpwYXNzd29yZA=='],
    ['a scheme that only begins with Bearer', 'BearerToken abc'],
    ['the word Bearer alone', 'Bearer'],
  ] as const) {
    test(`names no error for ${title}, only where to get a token`, async () => {
      const { scheme, parameters, body } = await challengeOf({ Authorization: authorization })
      assert.equal(scheme, 'Bearer')
      assert.deepEqual(parameters, { resource_metadata: metadata })
      assert.equal(body.error, 'unauthorized')
    })
  }

  for (const [title, token] of [
    ['a text that is no token', 'abc'],
    ['a token of somebody else', 'eyJhbGciOiJub25lIn0.e30.'],
    ['a quote that would end the parameter', 'a"b'],
  ] as const) {
    test(`says invalid_token for ${title}, and nothing of why`, async () => {
      const { parameters, body } = await challengeOf({ Authorization: `Bearer ${token}` })
      assert.deepEqual(parameters, {
        error: 'invalid_token',
        error_description: body.error_description,
        resource_metadata: metadata,
      })
      assert.equal(body.error, 'invalid_token')
    })
  }

  test('says one and the same for every token that is not valid', async () => {
    const { provider, clock } = manager
    const seconds = Math.floor(clock.now() / 1000)
    const tokens = [
      provider.issue({ aud: 'elsewhere' }),
      provider.issue({ iss: 'https://evil.example' }),
      provider.issue({ exp: seconds - 3600, iat: seconds - 7200 }),
      provider.issue({ sub: undefined }),
      'nonsense',
    ]
    const said = await Promise.all(
      tokens.map(async (token) => {
        const { request_id: _, ...body } = (await challengeOf({ Authorization: `Bearer ${token}` })).body
        return JSON.stringify(body)
      }),
    )
    assert.equal(new Set(said).size, 1)
  })

  test('says insufficient_scope and which scope, still with 401', async () => {
    const token = manager.provider.issue({ scope: 'openid profile' })
    const { parameters, body } = await challengeOf({ Authorization: `Bearer ${token}` })
    assert.deepEqual(parameters, {
      error: 'insufficient_scope',
      error_description: body.error_description,
      scope: 'toolhive:config:read',
      resource_metadata: metadata,
    })
  })

  test('points to the metadata of a resource with a path', async () => {
    const { parameters } = await challengeOf({ Authorization: undefined }, withPath)
    assert.equal(
      parameters.resource_metadata,
      'https://example.com/.well-known/oauth-protected-resource/fleet',
    )
  })

  test('is still a challenge where there is no metadata to point to', async () => {
    assert.deepEqual((await challengeOf({ Authorization: undefined }, nameless)).parameters, {
      realm: 'hivewarden',
    })
    const { parameters } = await challengeOf({ Authorization: 'Bearer abc' }, nameless)
    assert.deepEqual(Object.keys(parameters), ['error', 'error_description'])
  })
})

describe('bearerToken', () => {
  for (const [authorization, token] of [
    [undefined, undefined],
    ['', undefined],
    ['Bearer', undefined],
    ['Bearer abc', 'abc'],
    ['bearer abc', 'abc'],
    ['BEARER abc', 'abc'],
    ['Bearer  abc', ' abc'],
    ['Bearer\tabc', undefined],
    ['Basic abc', undefined],
    ['abc', undefined],
  ] as const) {
    test(`${JSON.stringify(authorization)} gives ${JSON.stringify(token)}`, () => {
      assert.equal(bearerToken(authorization), token)
    })
  }
})
