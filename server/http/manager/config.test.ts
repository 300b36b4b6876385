import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { startTestManager } from '../../testing/start-test-manager.ts'

const manager = await startTestManager()
after(() => manager.close())

const jose = { Accept: 'application/jose' }
const plain = await manager.config()
const compact = await manager.config(jose)
const tag = plain.headers.etag ?? ''
const joseTag = compact.headers.etag ?? ''

const without = (headers: Readonly<Record<string, string>>, ...names: readonly string[]) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)))

describe('the two forms', () => {
  test('JSON comes with the headers that the contract gives', () => {
    assert.deepEqual(without(plain.headers, 'date', 'content-length'), {
      etag: `"${plain.json().etag}"`,
      'cache-control': 'private, no-cache',
      vary: 'Authorization, Accept, X-Client-Type',
      'content-type': 'application/json',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      connection: 'close',
    })
  })

  test('JOSE is the same envelope under a tag of its own', () => {
    assert.equal(compact.headers['content-type'], 'application/jose')
    assert.equal(joseTag, `"${plain.json().etag};jose"`)
    const [header, payload = '', signature] = compact.text.split('.')
    const envelope = JSON.parse(Buffer.from(payload, 'base64url').toString())
    const { signature: detached, ...unsigned } = plain.json()
    assert.deepEqual(envelope, unsigned)
    assert.equal(detached, `${header}..${signature}`)
  })

  for (const [title, accept, type] of [
    ['no Accept', undefined, 'application/json'],
    ['anything', '*/*', 'application/json'],
    ['text/html', 'text/html', 'application/json'],
    ['a browser', 'text/html,application/xhtml+xml,*/*;q=0.8', 'application/json'],
    ['JOSE', 'application/jose', 'application/jose'],
    ['JOSE in other letters', 'Application/JOSE', 'application/jose'],
    ['JOSE with a quality', 'application/jose;q=0.5', 'application/jose'],
    ['JOSE that is not wanted', 'application/jose;q=0', 'application/json'],
    ['JOSE below JSON', 'application/jose;q=0.4, application/json;q=0.5', 'application/json'],
    ['JOSE as good as JSON', 'application/json, application/jose', 'application/jose'],
    ['JOSE with JSON as a way out', 'application/jose, application/json;q=0.9', 'application/jose'],
    ['what only begins like JOSE', 'application/jose+json', 'application/json'],
    ['nonsense', ';;;,,,=', 'application/json'],
    ['an empty Accept', '', 'application/json'],
  ] as const) {
    test(`answers ${title} with ${type}`, async () => {
      assert.equal((await manager.config({ Accept: accept })).headers['content-type'], type)
    })
  }

  test('Accept-Encoding changes neither bytes nor tag', async () => {
    const answer = await manager.config({ 'Accept-Encoding': 'br, gzip' })
    assert.equal(answer.text, plain.text)
    assert.equal(answer.headers['content-encoding'], undefined)
    assert.equal(answer.headers.etag, tag)
  })

  test('two callers of one audience get the same bytes', async () => {
    const other = manager.provider.issue({ sub: 'person-2' })
    assert.equal((await manager.config({ Authorization: `Bearer ${other}` })).text, plain.text)
  })
})

describe('If-None-Match', () => {
  for (const [title, header, accept, status] of [
    ['its tag', tag, undefined, 304],
    ['its tag, weakly', `W/${tag}`, undefined, 304],
    ['its tag in a list', `"a", ${tag}, "b"`, undefined, 304],
    ['a star', '*', undefined, 304],
    ['the tag of the other form', joseTag, undefined, 200],
    ['the tag without quotes', tag.replaceAll('"', ''), undefined, 200],
    ['an old tag', `"sha256:${'0'.repeat(64)}"`, undefined, 200],
    ['bytes above 127', '"\u00e9\u00ff"', undefined, 200],
    ['an empty header', '', undefined, 200],
    ['the tag of JOSE asking for JOSE', joseTag, 'application/jose', 304],
    ['the tag of JSON asking for JOSE', tag, 'application/jose', 200],
    ['a star asking for JOSE', '*', 'application/jose', 304],
  ] as const) {
    test(`${title} is ${status}`, async () => {
      const answer = await manager.config({ 'If-None-Match': header, Accept: accept })
      assert.equal(answer.status, status)
    })
  }

  test('10,000 tags are more than any header may hold', async () => {
    const tags = Array.from({ length: 10_000 }, (_, index) => `"t${index}"`).join(', ')
    assert.equal((await manager.config({ 'If-None-Match': tags })).status, 431)
  })

  test('two header lines are one list', async () => {
    const token = manager.provider.issue()
    const { answers } = await manager.send(
      `GET /api/v1beta/config HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\nX-Client-Type: toolhive-cli\r\n` +
        `X-Client-Version: 1.2.3\r\nIf-None-Match: "a"\r\nIf-None-Match: ${tag}\r\nConnection: close\r\n\r\n`,
    )
    assert.equal(answers[0]?.status, 304)
  })

  test('304 repeats tag, caching and Vary, and has no body and no word about one', async () => {
    const answer = await manager.config({ 'If-None-Match': tag })
    assert.equal(answer.text, '')
    assert.deepEqual(without(answer.headers, 'date'), {
      etag: tag,
      'cache-control': 'private, no-cache',
      vary: 'Authorization, Accept, X-Client-Type',
      connection: 'close',
    })
  })

  test('If-Modified-Since is no precondition here', async () => {
    const answer = await manager.config({ 'If-Modified-Since': new Date(manager.clock.now()).toUTCString() })
    assert.equal(answer.status, 200)
  })
})

describe('methods', () => {
  test('HEAD has the headers of GET and no body', async () => {
    const head = await manager.config({}, { method: 'HEAD' })
    assert.equal(head.status, 200)
    assert.equal(head.text, '')
    assert.deepEqual(without(head.headers, 'date'), without(plain.headers, 'date'))
  })

  test('HEAD with the tag is 304', async () => {
    assert.equal((await manager.config({ 'If-None-Match': tag }, { method: 'HEAD' })).status, 304)
  })

  test('HEAD without a token has the headers of the refusal and no body', async () => {
    const head = await manager.config({ Authorization: undefined }, { method: 'HEAD' })
    assert.equal(head.status, 401)
    assert.match(head.headers['www-authenticate'] ?? '', /^Bearer /)
    assert.equal(head.text, '')
  })

  test('OPTIONS says the methods and opens nothing to pages of other origins', async () => {
    const answer = await manager.request('/api/v1beta/config', {
      method: 'OPTIONS',
      headers: { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'GET' },
    })
    assert.equal(answer.status, 204)
    assert.equal(answer.headers.allow, 'GET, HEAD, OPTIONS')
    assert.deepEqual(
      Object.keys(answer.headers).filter((name) => name.startsWith('access-control-')),
      [],
    )
  })

  test('GET from another origin gets no CORS header either', async () => {
    const answer = await manager.config({ Origin: 'https://evil.example' })
    assert.equal(answer.headers['access-control-allow-origin'], undefined)
  })

  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'TRACE']) {
    test(`${method} is 405 and says what is allowed`, async () => {
      const answer = await manager.config({}, { method })
      assert.equal(answer.status, 405)
      assert.equal(answer.headers.allow, 'GET, HEAD, OPTIONS')
      assert.equal(answer.json().error, 'method_not_allowed')
    })
  }

  test('a method in another header changes nothing', async () => {
    const answer = await manager.config({ 'X-HTTP-Method-Override': 'DELETE' })
    assert.equal(answer.status, 200)
  })
})

describe('what has no meaning is ignored', () => {
  test('Range', async () => {
    const answer = await manager.config({ Range: 'bytes=0-10' })
    assert.equal(answer.status, 200)
    assert.equal(answer.text, plain.text)
    assert.equal(answer.headers['accept-ranges'], undefined)
  })

  test('a query', async () => {
    const headers = { Authorization: `Bearer ${manager.provider.issue()}`, 'X-Client-Type': 'toolhive-cli' }
    const answer = await manager.request('/api/v1beta/config?x=1', {
      headers: { ...headers, 'X-Client-Version': '1.0.0' },
    })
    assert.equal(answer.status, 200)
  })

  test('a short body', async () => {
    const answer = await manager.config({ 'Content-Length': '1024' }, { body: 'x'.repeat(1024) })
    assert.equal(answer.status, 200)
  })
})

test('a message in any script arrives byte for byte, with a length that counts bytes', async (t) => {
  const message = 'Gerät ist nicht verwaltet · 未管理 · 🐝'
  const foreign = await startTestManager({ policy: { degraded_mode: { policy: 'warn', message } } })
  t.after(() => foreign.close())
  const { headers, text, json } = await foreign.config()
  assert.equal(headers['content-length'], String(Buffer.byteLength(text)))
  assert.deepEqual(json().degraded_mode, { policy: 'warn', message })
  const jose = await foreign.config({ Accept: 'application/jose' })
  const payload = JSON.parse(Buffer.from(jose.text.split('.')[1] ?? '', 'base64url').toString())
  assert.equal(payload.degraded_mode.message, message)
})
