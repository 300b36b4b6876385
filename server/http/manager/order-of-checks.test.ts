import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { startTestManager } from '../../testing/start-test-manager.ts'

const manager = await startTestManager()
after(() => manager.close())
const { etag = '' } = (await manager.config()).headers

const badToken = { Authorization: 'Bearer not.a.token' }
const badType = { 'X-Client-Type': 'browser' }
const matching = { 'If-None-Match': etag }
const twoHosts = 'Host: localhost\r\nHost: elsewhere\r\n'

describe('method → shape → token → client headers → preconditions → answer', () => {
  test('a wrong method is told before a bad token', async () => {
    const answer = await manager.config(badToken, { method: 'POST' })
    assert.equal(answer.status, 405)
  })

  test('a wrong shape is told before a wrong method and a bad token', async () => {
    const { answers } = await manager.send(
      `POST /api/v1beta/config HTTP/1.1\r\n${twoHosts}Authorization: Bearer not.a.token\r\n\r\n`,
    )
    assert.equal(answers[0]?.status, 400)
  })

  test('a bad token is told before bad client headers', async () => {
    assert.equal((await manager.config({ ...badToken, ...badType })).status, 401)
  })

  test('a missing token is told before missing client headers', async () => {
    const answer = await manager.config({
      Authorization: undefined,
      'X-Client-Type': undefined,
      'X-Client-Version': undefined,
    })
    assert.equal(answer.status, 401)
  })

  test('a bad token with a tag that matches is 401, never 304', async () => {
    assert.equal((await manager.config({ ...badToken, ...matching })).status, 401)
  })

  test('an expired token with a tag that matches is 401, never 304', async () => {
    const seconds = Math.floor(manager.clock.now() / 1000)
    const expired = manager.provider.issue({ iat: seconds - 7200, exp: seconds - 3600 })
    assert.equal((await manager.config({ Authorization: `Bearer ${expired}`, ...matching })).status, 401)
  })

  test('no token with a star is 401, never 304', async () => {
    assert.equal((await manager.config({ Authorization: undefined, 'If-None-Match': '*' })).status, 401)
  })

  test('a token without the scope is 401 even where the tag matches', async () => {
    const scopeless = manager.provider.issue({ scope: 'openid' })
    const answer = await manager.config({ Authorization: `Bearer ${scopeless}`, ...matching })
    assert.equal(answer.status, 401)
  })

  test('bad client headers with a tag that matches are 400, never 304', async () => {
    assert.equal((await manager.config({ ...badType, ...matching })).status, 400)
  })

  test('bad client headers are not held by Prefer', async () => {
    assert.equal((await manager.config({ ...badType, ...matching, Prefer: 'wait=60' })).status, 400)
  })

  test('a good token, good headers and a tag that matches are 304', async () => {
    assert.equal((await manager.config(matching)).status, 304)
  })
})

describe('what a client says of itself', () => {
  const refused = [
    ['no type', { 'X-Client-Type': undefined }],
    ['an empty type', { 'X-Client-Type': '' }],
    ['an unknown type', { 'X-Client-Type': 'toolhive' }],
    ['a type in other letters', { 'X-Client-Type': 'ToolHive-CLI' }],
    ['a type that objects have by themselves', { 'X-Client-Type': 'constructor' }],
    ['two types', { 'X-Client-Type': 'toolhive-cli, toolhive-cli' }],
    ['no version', { 'X-Client-Version': undefined }],
    ['an empty version', { 'X-Client-Version': '' }],
    ['two numbers', { 'X-Client-Version': '1.2' }],
    ['a v before the version', { 'X-Client-Version': 'v1.2.3' }],
    ['a zero in front', { 'X-Client-Version': '01.2.3' }],
    ['65 characters of version', { 'X-Client-Version': `1.2.3-${'a'.repeat(59)}` }],
    ['an instance that is no UUID', { 'X-Client-Instance': 'my laptop' }],
    ['a UUID in braces', { 'X-Client-Instance': '{123e4567-e89b-12d3-a456-426614174000}' }],
    ['a negative serial', { 'X-Applied-Serial': '-1' }],
    ['a serial with a fraction', { 'X-Applied-Serial': '1.5' }],
    ['a serial of 16 digits', { 'X-Applied-Serial': '9'.repeat(16) }],
    ['an unknown state', { 'X-Client-State': 'offline' }],
  ] as const
  for (const [title, headers] of refused) {
    test(`refuses ${title} with 400, and names the header`, async () => {
      const answer = await manager.config(headers)
      assert.equal(answer.status, 400)
      const { error, error_description } = answer.json()
      assert.equal(error, 'invalid_request')
      assert.match(String(error_description), new RegExp(Object.keys(headers)[0] ?? ''))
    })
  }

  for (const [title, headers] of [
    ['the desktop', { 'X-Client-Type': 'toolhive-desktop' }],
    ['the Cloud UI', { 'X-Client-Type': 'toolhive-cloud-ui' }],
    ['the agent', { 'X-Client-Type': 'hivewarden-agent' }],
    ['a version with everything that it may have', { 'X-Client-Version': '1.2.3-rc.1+build.5' }],
    ['64 characters of version', { 'X-Client-Version': `1.2.3-${'a'.repeat(58)}` }],
    ['a UUID', { 'X-Client-Instance': '123E4567-e89b-12d3-a456-426614174000' }],
    ['serial 0', { 'X-Applied-Serial': '0' }],
    ['a state', { 'X-Client-State': 'grace' }],
  ] as const) {
    test(`takes ${title}`, async () => assert.equal((await manager.config(headers)).status, 200))
  }
})
