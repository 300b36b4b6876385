import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { fail, ok } from '../../../domain/result.ts'
import { verifySignature } from '../../adapters/key-material/node-envelope-signer.ts'
import { recordIo } from '../command-io.fixture.ts'
import type { Send } from '../doctor/send.ts'
import type { VerifyArguments } from './obtain-envelope.ts'
import { runVerify, type VerifyTools } from './run-verify.ts'

const vectors = JSON.parse(
  readFileSync(new URL('../../../docs/contract/vectors/envelopes.json', import.meta.url), 'utf8'),
)
const { input, sample } = vectors.cases[0]
const MANAGER: string = input.manager
const jwks = JSON.stringify({ keys: [vectors.key.jwk] })
const bootstrap = {
  config_endpoint: `${MANAGER}/api/v1beta/config`,
  jwks_uri: `${MANAGER}/.well-known/jwks.json`,
}

interface Call {
  readonly url: string
  readonly token: string | undefined
}

/** A manager that answers from a table, and files from another. */
function world(
  pages: Readonly<Record<string, string | number>> = {},
  files: Readonly<Record<string, string>> = {},
): VerifyTools & { readonly calls: Call[] } {
  const calls: Call[] = []
  const answers: Record<string, string | number> = {
    [`${MANAGER}/.well-known/toolhive-configuration`]: JSON.stringify(bootstrap),
    [`${MANAGER}/.well-known/jwks.json`]: jwks,
    [`${MANAGER}/api/v1beta/config`]: sample.json,
    ...pages,
  }
  const send: Send = async (url, { headers }) => {
    calls.push({ url, token: headers?.Authorization })
    const page = answers[url]
    if (page === undefined) return fail({ reason: 'unreachable', detail: 'ECONNREFUSED' })
    const [status, text] = typeof page === 'number' ? [page, ''] : [200, page]
    return ok({ status, text, header: () => undefined })
  }
  const known: Record<string, string> = {
    'envelope.json': sample.json,
    'envelope.jose': sample.jose,
    'jwks.json': jwks,
    'token.txt': 'eyJ.abc.def\n',
    ...files,
  }
  const readFile = async (path: string) => {
    const text = known[path]
    if (text === undefined) throw Object.assign(new Error(path), { code: 'ENOENT' })
    return text
  }
  return { send, readFile, now: () => input.now, verifySignature, calls }
}

async function run(given: Partial<VerifyArguments>, tools: VerifyTools = world()) {
  const io = recordIo()
  const exit = await runVerify({ target: 'envelope.json', json: false, ...given }, io, tools)
  return { exit, text: [...io.printed, ...io.errors].join('\n'), printed: io.printed.join('\n') }
}

describe('verify FILE', () => {
  for (const target of ['envelope.json', 'envelope.jose']) {
    test(`checks ${target} step by step`, async () => {
      const { exit, text } = await run({ target, jwks: 'jwks.json', manager: MANAGER })
      assert.equal(exit, 0)
      assert.equal(text.match(/^✓ /gm)?.length, 9)
      assert.match(text, /Verified: serial 42 of https:\/\/config\.example\.com/)
    })
  }

  test('takes the keys of the manager that is named, with a slash at its end or without', async () => {
    const tools = world()
    const { exit } = await run({ manager: `${MANAGER}/` }, tools)
    assert.deepEqual(tools.calls, [{ url: `${MANAGER}/.well-known/jwks.json`, token: undefined }])
    assert.equal(exit, 0)
  })

  test('says that nobody named the manager', async () => {
    const { exit, text } = await run({ jwks: 'jwks.json' })
    assert.equal(exit, 0)
    assert.match(text, /– It comes from the manager asked for \(not checked\)/)
  })

  test('names the step that refused, and does not claim the later ones', async () => {
    const forged = sample.json.replace('"serial":42', '"serial":43')
    const { exit, text } = await run({ target: 'forged', jwks: 'jwks.json' }, world({}, { forged }))
    assert.equal(exit, 1)
    assert.match(text, /^✗ Its signature holds$/m)
    assert.equal(text.match(/^✓ /gm)?.length, 4)
    assert.match(text, /Refused\. Its signature is not by that key/)
  })

  test('says when it expired', async () => {
    const { exit, text } = await run({ jwks: 'jwks.json' }, { ...world(), now: () => input.now + 86_400 })
    assert.equal(exit, 1)
    assert.match(text, /expired at 2026-09-22T14:13:20Z/)
  })

  test('asks where the keys are', async () => {
    const { exit, text } = await run({})
    assert.equal(exit, 2)
    assert.match(text, /--jwks/)
  })

  test('says that a file is missing', async () => {
    const { exit, text } = await run({ target: 'none.json', jwks: 'jwks.json' })
    assert.equal(exit, 69)
    assert.match(text, /none\.json cannot be read \(ENOENT\)/)
  })

  test('prints JSON for programs', async () => {
    const { exit, printed } = await run({ jwks: 'jwks.json', manager: MANAGER, json: true })
    const report = JSON.parse(printed)
    assert.equal(exit, 0)
    assert.equal(report.verified, true)
    assert.equal(report.envelope.serial, 42)
    assert.deepEqual(report.steps[0], { step: 'size', outcome: 'passed' })
  })

  test('prints a refusal as JSON too', async () => {
    const { exit, printed } = await run({
      jwks: 'jwks.json',
      manager: 'https://other.example.com',
      json: true,
    })
    assert.equal(exit, 1)
    assert.equal(JSON.parse(printed).refusal.reason, 'another_manager')
  })

  test('keeps an envelope from steering the terminal', async () => {
    const key = { ...vectors.key.jwk, kid: 'a' }
    const header = Buffer.from('{"alg":"ES256","kid":"\\u001b[2J","typ":"toolhive-config+jws"}').toString(
      'base64url',
    )
    const jose = `${header}.${sample.jose.split('.').slice(1).join('.')}`
    const tools = world({}, { jose, keys: JSON.stringify({ keys: [key] }) })
    const { exit, text } = await run({ target: 'jose', jwks: 'keys' }, tools)
    assert.equal(exit, 1)
    assert.ok(!text.includes('\u001b'))
  })
})

describe('verify URL', () => {
  const named = {
    'its URL': MANAGER,
    'its URL with a slash': `${MANAGER}/`,
    'its bootstrap document': `${MANAGER}/.well-known/toolhive-configuration`,
    'its envelope': `${MANAGER}/api/v1beta/config`,
  }
  for (const [name, target] of Object.entries(named)) {
    test(`goes the way of a client when the manager is named by ${name}`, async () => {
      const tools = world()
      const { exit } = await run({ target, tokenFile: 'token.txt' }, tools)
      assert.equal(exit, 0)
      assert.deepEqual(tools.calls, [
        { url: `${MANAGER}/.well-known/toolhive-configuration`, token: undefined },
        { url: bootstrap.jwks_uri, token: undefined },
        { url: bootstrap.config_endpoint, token: 'Bearer eyJ.abc.def' },
      ])
    })
  }

  test('takes any URL for that of an envelope when the keys are named', async () => {
    const tools = world({ 'https://files.example.com/envelope': sample.jose })
    const { exit } = await run({ target: 'https://files.example.com/envelope', jwks: 'jwks.json' }, tools)
    assert.equal(exit, 0)
    assert.deepEqual(tools.calls, [{ url: 'https://files.example.com/envelope', token: undefined }])
  })

  test('asks for a token', async () => {
    const { exit, text } = await run({ target: MANAGER })
    assert.equal(exit, 2)
    assert.match(text, /--token-file/)
  })

  test('sends the token to no other origin than that of the manager', async () => {
    for (const member of ['config_endpoint', 'jwks_uri']) {
      const page = JSON.stringify({ ...bootstrap, [member]: 'https://evil.example.com/x' })
      const tools = world({ [`${MANAGER}/.well-known/toolhive-configuration`]: page })
      const { exit, text } = await run({ target: MANAGER, tokenFile: 'token.txt' }, tools)
      assert.equal(exit, 1)
      assert.match(text, /another origin/)
      assert.equal(tools.calls.length, 1)
    }
  })

  const troubles: Record<string, [Record<string, string | number>, 1 | 2 | 69, RegExp]> = {
    'a token that the manager refuses': [{ [bootstrap.config_endpoint]: 401 }, 1, /refuses the token/],
    'a manager that cannot answer now': [{ [bootstrap.config_endpoint]: 503 }, 69, /answers 503/],
    'a page in place of the bootstrap document': [
      { [`${MANAGER}/.well-known/toolhive-configuration`]: '<html>' },
      1,
      /not the bootstrap document/,
    ],
    'a key set that is none': [{ [bootstrap.jwks_uri]: '[]' }, 1, /is not a key set/],
    'a key set with a private key': [
      { [bootstrap.jwks_uri]: JSON.stringify({ keys: [{ ...vectors.key.jwk, d: 'x' }] }) },
      1,
      /publishes a private key/,
    ],
  }
  for (const [name, [pages, status, words]] of Object.entries(troubles)) {
    test(`says what is wrong: ${name}`, async () => {
      const { exit, text } = await run({ target: MANAGER, tokenFile: 'token.txt' }, world(pages))
      assert.equal(exit, status)
      assert.match(text, words)
    })
  }

  test('says that nothing answers', async () => {
    const { exit, text } = await run({ target: 'https://down.example.com', tokenFile: 'token.txt' })
    assert.equal(exit, 69)
    assert.match(text, /does not answer \(ECONNREFUSED\)/)
  })

  test('refuses a token file of several lines', async () => {
    const tools = world({}, { lines: 'eyJ.abc.def\nX-Client-Type: admin' })
    const { exit } = await run({ target: MANAGER, tokenFile: 'lines' }, tools)
    assert.equal(exit, 2)
    assert.deepEqual(tools.calls, [])
  })
})
