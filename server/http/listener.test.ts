import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { collectLog } from '../testing/collect-log.ts'
import { eventually } from '../testing/eventually.ts'
import { parseAnswers } from '../testing/parse-answers.ts'
import { send } from '../testing/send.ts'
import { type Listener, type ListenerPatience, openListener } from './listener.ts'

const HELLO = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'
const { logger } = collectLog({ now: () => 0 })

async function open(
  t: TestContext,
  patience: Partial<ListenerPatience>,
  handle: Parameters<typeof openListener>[0]['handle'] = (_, response) => {
    response.writeHead(200, { 'Content-Length': 2 }).end('ok')
  },
): Promise<Listener> {
  const address = { host: '127.0.0.1', port: 0 }
  const opened = await openListener({ address, handle, logger, patience: { look: 20, ...patience } })
  assert.ok(opened.ok)
  t.after(() => opened.value.drain())
  return opened.value
}

/** A connection that collects what comes. */
function dial(t: TestContext, port: number) {
  const socket: Socket = connect(port, '127.0.0.1')
  const chunks: Buffer[] = []
  let closed = false
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  socket.on('error', () => undefined)
  socket.on('close', () => {
    closed = true
  })
  t.after(() => socket.destroy())
  return {
    socket,
    answers: () => parseAnswers(Buffer.concat(chunks)).answers,
    isClosed: () => closed,
    closes: () => eventually('the connection is closed', () => closed),
  }
}

test('a client that sends its head byte by byte is told 408 and closed', async (t) => {
  const { port } = await open(t, { headers: 100, request: 60_000 })
  const slow = dial(t, port)
  const drip = setInterval(() => slow.socket.write('a'), 10)
  t.after(() => clearInterval(drip))
  slow.socket.write('GET / HTTP/1.1\r\nX: ')
  await slow.closes()
  assert.equal(slow.answers()[0]?.status, 408)
})

test('a client that sends its body byte by byte is told 408 and closed', async (t) => {
  const { port } = await open(t, { headers: 100, request: 200 }, (request) => {
    request.resume()
  })
  const slow = dial(t, port)
  const drip = setInterval(() => slow.socket.write('a'), 10)
  t.after(() => clearInterval(drip))
  slow.socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n')
  await slow.closes()
  assert.equal(slow.answers()[0]?.status, 408)
})

test('500 slow clients are closed while a good one is answered', async (t) => {
  const { port } = await open(t, { headers: 300 })
  const slow = Array.from({ length: 500 }, () => dial(t, port))
  for (const { socket } of slow) socket.write('GET / HTTP/1.1\r\nHost: loc')
  assert.equal((await send(port, HELLO, { answers: 1 })).answers[0]?.status, 200)
  await eventually('all are closed', () => slow.every(({ isClosed }) => isClosed()))
})

test('500 clients that only connect are closed', async (t) => {
  const { port } = await open(t, { headers: 100 })
  const silent = Array.from({ length: 500 }, () => dial(t, port))
  await eventually('all are closed', () => silent.every(({ isClosed }) => isClosed()))
})

test('a storm of resets leaves the listener in good order', async (t) => {
  const { port } = await open(t, {})
  await Promise.all(
    Array.from({ length: 300 }, async () => {
      const { socket } = dial(t, port)
      socket.write(HELLO)
      await new Promise((resolve) => socket.once('connect', resolve))
      socket.resetAndDestroy()
    }),
  )
  assert.equal((await send(port, HELLO, { answers: 1 })).answers[0]?.status, 200)
})

test('garbage behind an answer that is half written is not answered into the middle of it', async (t) => {
  let finish = (): void => {}
  const { port } = await open(t, {}, (_, response) => {
    response.writeHead(200, { 'Content-Length': 10 })
    response.write('01234')
    finish = () => response.end('56789')
  })
  const client = dial(t, port)
  client.socket.write(HELLO)
  await eventually('the first half', () => client.socket.bytesRead > 0)
  client.socket.write('\u0000garbage\r\n\r\n')
  await client.closes()
  finish()
  assert.deepEqual(client.answers(), [])
})

test('two listeners on one port: the second says so and who has to do what', async (t) => {
  const { port } = await open(t, {})
  const second = await openListener({
    address: { host: '127.0.0.1', port },
    handle: () => undefined,
    logger,
  })
  assert.deepEqual(second, {
    ok: false,
    problem: `Another process already listens on 127.0.0.1:${port}. Stop it, or choose another port.`,
  })
})

test('an address that this machine does not have is a problem in words', async () => {
  const opened = await openListener({
    address: { host: '192.0.2.1', port: 0 },
    handle: () => undefined,
    logger,
  })
  assert.equal(opened.ok, false)
  assert.match(opened.ok ? '' : opened.problem, /^Listening on 192\.0\.2\.1:0 failed \(EADDRNOTAVAIL\)\.$/)
})

test('draining takes no new connection', async (t) => {
  const { port, drain } = await open(t, { farewell: 200 })
  const kept = dial(t, port)
  kept.socket.write(HELLO)
  await eventually('the answer', () => kept.answers().length === 1)
  const drained = drain()
  const late = dial(t, port)
  await late.closes()
  assert.equal(late.answers().length, 0)
  await drained
})

test('a request that was on its way when draining began is answered, with the word that it is the last', async (t) => {
  const { port, drain } = await open(t, { farewell: 300 })
  const kept = dial(t, port)
  kept.socket.write(HELLO)
  await eventually('the answer', () => kept.answers().length === 1)
  const drained = drain()
  await pause(50)
  kept.socket.write(HELLO)
  await kept.closes()
  await drained
  assert.deepEqual(
    kept.answers().map(({ status, headers }) => [status, headers.connection]),
    [
      [200, 'keep-alive'],
      [200, 'close'],
    ],
  )
})

test('a request that takes long is waited for', async (t) => {
  const { port, drain } = await open(t, { farewell: 20 }, (_, response) => {
    setTimeout(() => response.writeHead(200, { 'Content-Length': 2 }).end('ok'), 200)
  })
  const client = dial(t, port)
  client.socket.write(HELLO)
  await eventually('the request is there', () => client.socket.bytesWritten > 0)
  await pause(20)
  await drain()
  assert.equal(client.answers()[0]?.status, 200)
})

test('connections that stay silent are closed after the farewell, whether they were ever used or not', async (t) => {
  const { port, drain } = await open(t, { farewell: 50, drain: 60_000 })
  const [used, unused] = [dial(t, port), dial(t, port)]
  used.socket.write(HELLO)
  await eventually('the answer', () => used.answers().length === 1)
  await drain()
  await Promise.all([used.closes(), unused.closes()])
})

test('whoever never finishes is not waited for longer than draining may take', async (t) => {
  const { port, drain } = await open(t, { farewell: 20, drain: 100 }, () => undefined)
  const client = dial(t, port)
  client.socket.write(HELLO)
  await eventually('the request is there', () => client.socket.bytesWritten > 0)
  await drain()
  await client.closes()
  assert.equal(client.answers().length, 0)
})
