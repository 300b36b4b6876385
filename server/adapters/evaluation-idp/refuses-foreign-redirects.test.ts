import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { authorization, Browser, type RunningProvider, startProvider } from './evaluation-provider.fixture.ts'

let running: RunningProvider
before(async () => {
  running = await startProvider()
})
after(() => running.stop())

describe('the authorization endpoint', () => {
  const landing = async (redirect: string): Promise<Response> =>
    new Browser().send(authorization(running.issuer, { redirect_uri: redirect }).url)

  const redirectsThatStay = [
    'http://127.0.0.1:49152/callback',
    'http://localhost:1455/auth/callback',
    'http://[::1]:8123/',
    'http://127.0.0.1/callback?from=cli',
  ]
  for (const redirect of redirectsThatStay) {
    test(`accepts ${redirect} as a client on this machine`, async () => {
      const answer = await landing(redirect)
      assert.equal(answer.status, 303)
      assert.match(answer.headers.get('location') ?? '', /\/idp\/interaction\//)
    })
  }

  const redirectsThatLeave = [
    'https://evil.example/callback',
    'http://evil.example/callback',
    'http://localhost.evil.example/callback',
    'http://127.0.0.1@evil.example/callback',
    'http://evil.example#@127.0.0.1/callback',
    'http://127.0.0.1:8080/callback#fragment',
    'https://127.0.0.1/callback',
    'javascript:alert(1)//127.0.0.1',
    'http://10.0.0.1/callback',
    '//127.0.0.1/callback',
  ]
  for (const redirect of redirectsThatLeave) {
    test(`refuses ${redirect} on a page, without following it`, async () => {
      const answer = await landing(redirect)
      assert.equal(answer.status, 400)
      assert.equal(answer.headers.get('location'), null)
      assert.match(await answer.text(), /invalid_redirect_uri/)
    })
  }
})
