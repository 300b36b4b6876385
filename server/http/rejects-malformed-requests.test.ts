import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { startTestManager } from '../testing/start-test-manager.ts'

const manager = await startTestManager()
after(() => manager.close())

const PATH = '/.well-known/toolhive-configuration'
const HOST = 'Host: localhost\r\n'
const CONFIG = `Authorization: Bearer ${manager.provider.issue()}\r\nX-Client-Type: toolhive-cli\r\nX-Client-Version: 1.2.3\r\n`
const get = (headers: string, path = PATH) => `GET ${path} HTTP/1.1\r\n${headers}\r\n`
const x = (length: number): string => 'x'.repeat(length)

/** The status of the one answer, after which the server has to have closed the connection. */
async function closingStatus(request: string): Promise<number | undefined> {
  const { answers, closedByServer } = await manager.send(request)
  assert.equal(answers.length, 1)
  assert.ok(closedByServer)
  assert.equal(typeof JSON.parse(answers[0]?.body ?? '').error, 'string')
  return answers[0]?.status
}

describe('is refused, in the form of every refusal, and the connection is closed', () => {
  for (const [title, request, status] of [
    ['a header of 17 KB', get(`${HOST}X: ${x(17 * 1024)}\r\n`), 431],
    [
      'a token of 100 KB',
      get(`${HOST}Authorization: Bearer ${x(100 * 1024)}\r\n`, '/api/v1beta/config'),
      431,
    ],
    ['2,500 headers', get(`${HOST}${'X: 1\r\n'.repeat(2500)}`), 431],
    ['101 headers', get(`${HOST}${'X: 1\r\n'.repeat(100)}`), 431],
    ['6,000 cookies', get(`${HOST}Cookie: ${'a=b; '.repeat(6000)}\r\n`), 431],
    ['an address of 15 KB', get(HOST, `/${x(15 * 1024)}`), 414],
    ['an address of 8 KB and a byte', get(HOST, `/${x(8 * 1024)}`), 414],
    [
      'a length beside a transfer coding, which two parsers read in two ways',
      `POST ${PATH} HTTP/1.1\r\n${HOST}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
    ],
    [
      'a transfer coding behind a blank before its colon',
      `POST ${PATH} HTTP/1.1\r\n${HOST}Content-Length: 4\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n`,
      400,
    ],
    ['a transfer coding that does not end in chunked', get(`${HOST}Transfer-Encoding: identity\r\n`), 400],
    ['two lengths', get(`${HOST}Content-Length: 4\r\nContent-Length: 5\r\n`), 400],
    ['a list of lengths', get(`${HOST}Content-Length: 1, 1\r\n`), 400],
    ['a negative length', get(`${HOST}Content-Length: -1\r\n`), 400],
    ['a length with a sign', get(`${HOST}Content-Length: +1\r\n`), 400],
    ['a length beyond any number', get(`${HOST}Content-Length: ${'9'.repeat(30)}\r\n`), 400],
    ['a header that goes on in the next line', get(`${HOST}X: a\r\n b\r\n`), 400],
    ['lines that end in LF alone', `GET ${PATH} HTTP/1.1\n${HOST}\n`, 400],
    ['one header line that ends in LF alone', get(`${HOST}X: a\nY: b\r\n`), 400],
    ['NUL in a header', get(`${HOST}X: a\u0000b\r\n`), 400],
    ['NUL in the address', get(HOST, '/a\u0000b'), 400],
    ['bytes in the address that are no ASCII', get(HOST, '/\u00c0\u00afhealthz'), 400],
    ['no Host', get('X: 1\r\n'), 400],
    ['two Hosts, of which a proxy may have read the other', get(`${HOST}${HOST}`), 400],
    ['two Hosts in different letters', get(`${HOST}HOST: evil.example\r\n`), 400],
    [
      'two Authorization headers, of which a proxy may have read the other',
      get(`${HOST}${CONFIG}Authorization: Bearer other\r\n`, '/api/v1beta/config'),
      400,
    ],
    ['a method that is none', `FOO ${PATH} HTTP/1.1\r\n${HOST}\r\n`, 400],
    ['a URL in place of a path', get(HOST, `http://localhost${PATH}`), 400],
    ['a star in place of a path', `OPTIONS * HTTP/1.1\r\n${HOST}\r\n`, 400],
    ['HTTP/0.9', `GET ${PATH}\r\n\r\n`, 400],
    ['HTTP/0.9 with its number', `GET ${PATH} HTTP/0.9\r\n${HOST}\r\n`, 400],
    ['the number of HTTP/2', `GET ${PATH} HTTP/2.0\r\n${HOST}\r\n`, 400],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
    ['the hello of TLS', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003', 400],
    ['an expectation that nobody knows', get(`${HOST}Expect: 200-ok\r\n`), 417],
    ['a body of 1,025 bytes that nobody wants', get(`${HOST}Content-Length: 1025\r\n`) + x(1025), 413],
    [
      'the same in chunks',
      `${get(`${HOST}Transfer-Encoding: chunked\r\n`)}401\r\n${x(1025)}\r\n0\r\n\r\n`,
      413,
    ],
    [
      'a chunk with 20 KB of extension',
      `${get(`${HOST}Transfer-Encoding: chunked\r\n`)}1;${x(20_000)}\r\na\r\n0\r\n\r\n`,
      400,
    ],
    ['a chunk whose length is no number', `${get(`${HOST}Transfer-Encoding: chunked\r\n`)}zz\r\n`, 400],
  ] as const) {
    test(`${title}: ${status}`, async () => assert.equal(await closingStatus(request), status))
  }

  test('257 KB of JSON with POST: 405 without waiting for them', async () => {
    const head = `POST ${PATH} HTTP/1.1\r\n${HOST}Content-Type: application/json\r\nContent-Length: 263168\r\n\r\n`
    assert.equal(await closingStatus(`${head}{`), 405)
  })

  test('a bad token that asks before it sends its body: 401 before the body, and never 100', async () => {
    const { answers, received } = await manager.send(
      get(
        `${HOST}Authorization: Bearer bad\r\nContent-Length: 5\r\nExpect: 100-continue\r\n`,
        '/api/v1beta/config',
      ),
    )
    assert.deepEqual(
      answers.map(({ status }) => status),
      [401],
    )
    assert.doesNotMatch(received.toString(), /100 Continue/)
  })

  test('CONNECT: closed without a word', async () => {
    const { received, closedByServer } = await manager.send(
      `CONNECT evil.example:443 HTTP/1.1\r\n${HOST}\r\n`,
    )
    assert.equal(received.length, 0)
    assert.ok(closedByServer)
  })
})

/** The status of an answer after which the connection may go on. */
async function statusOf(request: string): Promise<number | undefined> {
  const { answers } = await manager.send(request, { answers: 1 })
  return answers[0]?.status
}

describe('is no attack and is answered', () => {
  for (const [title, request, status] of [
    ['a header block just below 16 KB', get(`${HOST}X: ${x(15 * 1024)}\r\n`), 200],
    ['100 headers', get(`${HOST}${'X: 1\r\n'.repeat(99)}`), 200],
    ['an address of 8 KB', get(HOST, `${PATH}?${x(8 * 1024 - PATH.length - 1)}`), 200],
    ['a body of 1,024 bytes that nobody wants', get(`${HOST}Content-Length: 1024\r\n`) + x(1024), 200],
    ['HTTP/1.0 with a Host', `GET ${PATH} HTTP/1.0\r\n${HOST}\r\n`, 200],
    ['a wish for HTTP/2', get(`${HOST}Connection: Upgrade\r\nUpgrade: h2c\r\n`), 200],
    ['a wish for a WebSocket', get(`${HOST}Connection: Upgrade\r\nUpgrade: websocket\r\n`), 200],
    ['TRACE', `TRACE ${PATH} HTTP/1.1\r\n${HOST}\r\n`, 405],
    ['a Host that is no name', get('Host: a b\r\n'), 421],
    ['an empty Host', get('Host: \r\n'), 421],
    ['a Host with a path', get('Host: localhost/x\r\n'), 421],
    ['a Host with a user', get('Host: user@localhost\r\n'), 421],
  ] as const) {
    test(`${title}: ${status}`, async () => assert.equal(await statusOf(request), status))
  }

  test('a trailer cannot bring a second Host or a token', async () => {
    const chunked = get(`${HOST}Transfer-Encoding: chunked\r\n`, '/api/v1beta/config')
    const status = await statusOf(`${chunked}0\r\nHost: evil.example\r\n${CONFIG}\r\n`)
    assert.equal(status, 401)
  })
})

describe('a path that only resembles one of ours is 404', () => {
  for (const path of [
    `//evil.example${PATH}`,
    '//evil.example/x',
    `/.${PATH}`,
    `/x/..${PATH}`,
    `/..;${PATH}`,
    '/.well-known/%74oolhive-configuration',
    '/%2ewell-known/toolhive-configuration',
    '/%2e%2e/healthz',
    '/healthz%00',
    '/healthz;x',
    '/healthz/',
    '/HEALTHZ',
    '/\\healthz',
    '/%c0%afhealthz',
    '/%252e%252e/healthz',
    '/api/v1beta/config/',
    '/api/v1beta//config',
    '/api/v1beta/config.css',
    '/?_data=routes/x',
    '/healthz.data',
  ]) {
    test(JSON.stringify(path), async () => assert.equal(await statusOf(get(HOST, path)), 404))
  }
})

describe('one connection', () => {
  test('is kept longer than usual load balancers keep theirs, so that they close it first', async () => {
    const { answers } = await manager.send(get(HOST, '/healthz'), { answers: 1 })
    assert.equal(answers[0]?.headers['keep-alive'], 'timeout=65')
  })

  test('1,000 requests at once are answered one after the other', async () => {
    const { answers } = await manager.send(get(HOST, '/healthz').repeat(1000), { answers: 1000 })
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]))
    assert.equal(answers.length, 1000)
  })

  test('a request behind a refused one is not read: it may be the body of the first', async () => {
    const { answers } = await manager.send(get(`${HOST}${HOST}`) + get(HOST, '/healthz'))
    assert.equal(answers[0]?.status, 400)
    assert.equal(answers.length, 1)
  })

  test('a good request and then garbage: the answer, then the refusal', async () => {
    const { answers } = await manager.send(`${get(HOST, '/healthz')}\u0000garbage\r\n\r\n`)
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 400],
    )
  })

  test('a client that closes its side after the request still gets its answer', async () => {
    const { answers } = await manager.send(get(HOST, '/healthz'), { halfClose: true, answers: 1 })
    assert.equal(answers[0]?.status, 200)
  })
})

test('every refusal carries the id under which it was logged', async () => {
  const answer = await manager.request('/api/v1beta/config')
  const id = answer.json().request_id
  assert.equal(manager.log.of('request_refused').filter((line) => line.request_id === id).length, 1)
})

test('nothing here was an error of the program', () => {
  assert.deepEqual(
    manager.log.writes.filter((line) => line.includes('"level":"error"')),
    [],
  )
})
