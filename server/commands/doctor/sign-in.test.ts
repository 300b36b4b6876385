import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, test } from 'node:test'
import {
  authorization,
  Browser,
  openSignIn,
  pick,
  startProvider,
} from '../../adapters/evaluation-idp/evaluation-provider.fixture.ts'
import { type FakeManager, startFakeManager } from './fake-manager.fixture.ts'
import type { Provider } from './read-provider.ts'
import { type SignInRequest, signIn } from './sign-in.ts'
import { type DoctorTools, systemTools } from './tools.ts'

let manager: FakeManager
let provider: Provider
beforeEach(async () => {
  manager = await startFakeManager()
  provider = {
    issuer: `${manager.origin}/idp`,
    authorizationEndpoint: `${manager.origin}/idp/auth`,
    tokenEndpoint: `${manager.origin}/idp/token`,
    statesIssuer: true,
  }
})
afterEach(() => manager.stop())

/** Signs in with a browser that comes back with what `answer` makes of the authorization request. */
const signInWith = async (
  answer: (asked: URLSearchParams) => Record<string, string>,
  changes: Partial<SignInRequest> = {},
  tools: DoctorTools = systemTools,
) => {
  let page = Promise.resolve('')
  const request: SignInRequest = {
    provider,
    clientId: 'toolhive',
    scopes: ['toolhive:config:read'],
    callbackPort: 0,
    present: (url) => {
      const asked = new URL(url).searchParams
      const back = new URL(asked.get('redirect_uri') ?? '')
      back.search = new URLSearchParams(answer(asked)).toString()
      page = fetch(back).then((response) => response.text())
    },
    ...changes,
  }
  const outcome = await signIn(request, tools)
  return { outcome, page: await page }
}

const code = (asked: URLSearchParams): Record<string, string> => ({
  code: 'code-1',
  state: asked.get('state') ?? '',
  iss: provider.issuer,
})

const issue = (tokens: Record<string, unknown>): void => {
  manager.replies['/idp/token'] = () => ({ status: 200, body: { token_type: 'Bearer', ...tokens } })
}

const idToken = (nonce: string | null): string =>
  ['{}', JSON.stringify({ nonce }), ''].map((part) => Buffer.from(part).toString('base64url')).join('.')

describe('signing in from a terminal', () => {
  test('asks for a code with PKCE, state and nonce, on a loopback address', async () => {
    issue({ access_token: 'token-1' })
    let seen = new URLSearchParams()
    const { outcome, page } = await signInWith((asked) => {
      seen = asked
      return code(asked)
    })
    assert.deepEqual(outcome, { ok: true, value: 'token-1' })
    assert.match(page, /Signed in/)
    assert.equal(seen.get('response_type'), 'code')
    assert.equal(seen.get('code_challenge_method'), 'S256')
    assert.match(seen.get('code_challenge') ?? '', /^[\w-]{43}$/)
    assert.match(seen.get('state') ?? '', /^[\w-]{43}$/)
    assert.match(seen.get('nonce') ?? '', /^[\w-]{43}$/)
    assert.equal(seen.get('scope'), 'openid toolhive:config:read')
    assert.match(seen.get('redirect_uri') ?? '', /^http:\/\/127\.0\.0\.1:\d+\/callback$/)
  })

  test('sends the verifier that belongs to the challenge, and no secret', async () => {
    issue({ access_token: 'token-1' })
    let challenge = ''
    let form = new URLSearchParams()
    await signInWith(
      (asked) => {
        challenge = asked.get('code_challenge') ?? ''
        return code(asked)
      },
      {},
      {
        ...systemTools,
        send: (url, request) => {
          form = new URLSearchParams(request.form)
          return systemTools.send(url, request)
        },
      },
    )
    const verifier = form.get('code_verifier') ?? ''
    assert.equal(createHash('sha256').update(verifier).digest('base64url'), challenge)
    assert.equal(form.has('client_secret'), false)
  })

  test('says what the provider answered when it refuses', async () => {
    const { outcome, page } = await signInWith((asked) => ({
      error: 'access_denied',
      error_description: 'The sign-in was cancelled.',
      state: asked.get('state') ?? '',
      iss: provider.issuer,
    }))
    assert.ok(!outcome.ok)
    assert.match(outcome.problem.found, /access_denied: The sign-in was cancelled/)
    assert.match(page, /Not signed in/)
  })

  test('refuses the code of another provider', async () => {
    const { outcome } = await signInWith((asked) => ({ ...code(asked), iss: 'https://evil.example' }))
    assert.ok(!outcome.ok)
    assert.match(outcome.problem.found, /https:\/\/evil\.example/)
    assert.deepEqual(manager.requests, [])
  })

  test('refuses an answer without a name where the provider always states it', async () => {
    const { outcome } = await signInWith((asked) => ({ code: 'code-1', state: asked.get('state') ?? '' }))
    assert.equal(outcome.ok, false)
    assert.deepEqual(manager.requests, [])
  })

  test('refuses the ID token of another sign-in', async () => {
    issue({ access_token: 'token-1', id_token: idToken('another') })
    const { outcome } = await signInWith(code)
    assert.ok(!outcome.ok)
    assert.match(outcome.problem.found, /another sign-in/)
  })

  test('refuses a token that is no bearer token', async () => {
    issue({ access_token: 'token-1', token_type: 'DPoP' })
    assert.equal((await signInWith(code)).outcome.ok, false)
  })

  test('says what the token endpoint answered', async () => {
    manager.replies['/idp/token'] = () => ({ status: 401, body: { error: 'invalid_client' } })
    const { outcome } = await signInWith(code)
    assert.ok(!outcome.ok)
    assert.match(outcome.problem.found, /401 \(invalid_client\)/)
  })

  test('never follows a redirect with the code', async () => {
    manager.replies['/idp/token'] = () => ({ status: 307, headers: { location: '/stolen' }, body: '' })
    const { outcome } = await signInWith(code)
    assert.equal(outcome.ok, false)
    assert.deepEqual(
      manager.requests.map(({ line }) => line),
      ['POST /idp/token'],
    )
  })

  test('says so when the port is taken', async () => {
    const port = Number(new URL(manager.origin).port)
    const { outcome } = await signInWith(code, { callbackPort: port })
    assert.ok(!outcome.ok)
    assert.match(outcome.problem.found, /taken/)
  })

  test('gives up after 5 minutes', async (context) => {
    context.mock.timers.enable({ apis: ['setTimeout'] })
    const outcome = signIn(
      {
        provider,
        clientId: 'toolhive',
        scopes: [],
        callbackPort: 0,
        present: () => setImmediate(() => context.mock.timers.tick(5 * 60 * 1000)),
      },
      systemTools,
    )
    const ended = await outcome
    assert.ok(!ended.ok)
    assert.match(ended.problem.found, /5 minutes/)
  })

  test('works with the evaluation provider, as every client does', async () => {
    const running = await startProvider()
    try {
      const picked = Promise.withResolvers<URL>()
      const outcome = await signIn(
        {
          provider: {
            issuer: running.issuer,
            authorizationEndpoint: `${running.issuer}/auth`,
            tokenEndpoint: `${running.issuer}/token`,
            statesIssuer: true,
          },
          clientId: 'toolhive',
          scopes: ['toolhive:config:read'],
          callbackPort: 0,
          present: async (url) => {
            const browser = new Browser()
            const end = await pick(
              browser,
              await openSignIn(browser, { ...authorization(running.issuer), url }),
              'amara',
            )
            await fetch(end)
            picked.resolve(end)
          },
        },
        systemTools,
      )
      await picked.promise
      assert.ok(outcome.ok)
      assert.equal(outcome.value.split('.').length, 3)
    } finally {
      await running.stop()
    }
  })
})

describe('the listener that waits for the browser', () => {
  test('turns everybody else away and goes on waiting', async () => {
    issue({ access_token: 'token-1' })
    const statuses: number[] = []
    const outcome = await signIn(
      {
        provider,
        clientId: 'toolhive',
        scopes: [],
        callbackPort: 0,
        present: async (url) => {
          const asked = new URL(url).searchParams
          const back = asked.get('redirect_uri') ?? ''
          const good = new URLSearchParams(code(asked))
          const strangers = [
            fetch(`${back}?code=stolen&state=guessed`),
            fetch(`${back}?error=access_denied`),
            fetch(`${back.replace('/callback', '/other')}?${good}`),
            fetch(`${back}?${good}`, { method: 'POST' }),
            fetch(`${back.replace('127.0.0.1', 'localhost')}?${good}`),
          ]
          for (const stranger of strangers) statuses.push((await stranger).status)
          await fetch(`${back}?${good}`)
        },
      },
      systemTools,
    )
    assert.deepEqual(statuses, [404, 404, 404, 404, 404])
    assert.deepEqual(outcome, { ok: true, value: 'token-1' })
  })
})
