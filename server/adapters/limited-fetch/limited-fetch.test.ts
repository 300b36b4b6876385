import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { type TestContext, test } from 'node:test'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { limitedFetch } from './limited-fetch.ts'
import { selfSigned } from './self-signed.fixture.ts'

const LIMITS = { bytes: 1000, timeout: 5 }

const listen = async (t: TestContext, server: Server & { closeAllConnections(): void }): Promise<number> => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return (server.address() as AddressInfo).port
}

const serve = async (t: TestContext, answer: RequestListener): Promise<string> =>
  `http://127.0.0.1:${await listen(t, createServer(answer))}/document`

const reasonOf = async (url: string, limits = LIMITS): Promise<string> => {
  const fetched = await limitedFetch(url, limits)
  return fetched.ok ? `status ${fetched.value.status}` : fetched.problem.reason
}

test('hands back status, headers and body', async (t) => {
  const url = await serve(t, (_, answer) => answer.writeHead(200, { 'X-Thing': 'a' }).end('{"a":1}'))
  const fetched = await limitedFetch(url, LIMITS)
  assert.ok(fetched.ok)
  assert.equal(fetched.value.status, 200)
  assert.equal(fetched.value.header('x-thing'), 'a')
  assert.equal(Buffer.from(fetched.value.body).toString(), '{"a":1}')
})

test('sends no credentials, no cookies and asks for no compression', async (t) => {
  let names: readonly string[] = []
  const url = await serve(t, (request, answer) => {
    names = Object.keys(request.headers).sort()
    answer.end(request.headers['accept-encoding'])
  })
  const fetched = await limitedFetch(url, LIMITS)
  assert.deepEqual(names, ['accept', 'accept-encoding', 'connection', 'host', 'user-agent'])
  assert.equal(fetched.ok && Buffer.from(fetched.value.body).toString(), 'identity')
})

test('leaves the meaning of an error status to the caller', async (t) => {
  const url = await serve(t, (_, answer) => answer.writeHead(503).end('busy'))
  assert.equal(await reasonOf(url), 'status 503')
})

test('follows no redirect', async (t) => {
  let requests = 0
  const url = await serve(t, (_, answer) => {
    requests += 1
    answer.writeHead(302, { location: '/elsewhere' }).end()
  })
  assert.equal(await reasonOf(url), 'redirected')
  assert.equal(requests, 1)
})

test('takes a body of exactly the limit', async (t) => {
  const url = await serve(t, (_, answer) => answer.end('x'.repeat(1000)))
  assert.equal(await reasonOf(url), 'status 200')
})

test('refuses a body one byte over the limit', async (t) => {
  const url = await serve(t, (_, answer) => answer.end('x'.repeat(1001)))
  assert.equal(await reasonOf(url), 'too_large')
})

test('stops reading a body without end', async (t) => {
  let sent = 0
  const url = await serve(t, (_, answer) => {
    const more = (): void => {
      while (!answer.destroyed && answer.write('x'.repeat(10_000))) sent += 10_000
    }
    answer.on('drain', more)
    more()
  })
  assert.equal(await reasonOf(url), 'too_large')
  assert.ok(sent < 50_000_000)
})

test('refuses a gzip bomb', async (t) => {
  const url = await serve(t, (_, answer) =>
    answer.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(500_000))),
  )
  assert.equal(await reasonOf(url), 'too_large')
})

const encodings = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync } as const

for (const [name, encode] of Object.entries(encodings)) {
  test(`decodes ${name} that it did not ask for`, async (t) => {
    const url = await serve(t, (_, answer) =>
      answer.writeHead(200, { 'content-encoding': name }).end(encode('hello')),
    )
    const fetched = await limitedFetch(url, LIMITS)
    assert.equal(fetched.ok && Buffer.from(fetched.value.body).toString(), 'hello')
  })
}

test('refuses an encoding that it does not know', async (t) => {
  const url = await serve(t, (_, answer) =>
    answer.writeHead(200, { 'content-encoding': 'gzip, gzip' }).end('x'),
  )
  assert.equal(await reasonOf(url), 'encoding_refused')
})

test('refuses what only claims to be gzip', async (t) => {
  const url = await serve(t, (_, answer) =>
    answer.writeHead(200, { 'content-encoding': 'gzip' }).end('not gzip'),
  )
  assert.equal(await reasonOf(url), 'encoding_refused')
})

test('gives up on a server that never answers', async (t) => {
  const url = await serve(t, () => {})
  assert.equal(await reasonOf(url, { bytes: 1000, timeout: 0.1 }), 'timed_out')
})

test('gives up on a server that drips', async (t) => {
  const url = await serve(t, (_, answer) => {
    const timer = setInterval(() => answer.write(' '), 10)
    answer.on('close', () => clearInterval(timer))
  })
  assert.equal(await reasonOf(url, { bytes: 1000, timeout: 0.2 }), 'timed_out')
})

test('stops when it is told to', async (t) => {
  const url = await serve(t, () => {})
  const stopping = new AbortController()
  const fetched = limitedFetch(url, { ...LIMITS, signal: stopping.signal })
  stopping.abort()
  assert.deepEqual(await fetched, { ok: false, problem: { reason: 'stopped', detail: 'stopped by us' } })
})

test('reports a connection that is cut inside the body', async (t) => {
  const url = await serve(t, (_, answer) => {
    answer.writeHead(200, { 'content-length': '500' })
    answer.write('half', () => answer.destroy())
  })
  assert.equal(await reasonOf(url), 'unreachable')
})

test('names the error code of a refused connection', async (t) => {
  const server = createServer()
  const port = await listen(t, server)
  server.close()
  const fetched = await limitedFetch(`http://127.0.0.1:${port}/`, LIMITS)
  assert.deepEqual(fetched, { ok: false, problem: { reason: 'unreachable', detail: 'ECONNREFUSED' } })
})

test('reports a host name that does not resolve', async () => {
  assert.equal(await reasonOf('https://idp.invalid/'), 'unreachable')
})

test('refuses a certificate that nobody vouches for', async (t) => {
  const port = await listen(
    t,
    createTlsServer(selfSigned, (_, answer) => answer.end('{}')),
  )
  const fetched = await limitedFetch(`https://127.0.0.1:${port}/`, LIMITS)
  assert.deepEqual(fetched, {
    ok: false,
    problem: { reason: 'unreachable', detail: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
  })
})

test('contacts nobody for a URL that is not allowed', async () => {
  assert.equal(await reasonOf('http://idp.example.com/'), 'url_refused')
})
