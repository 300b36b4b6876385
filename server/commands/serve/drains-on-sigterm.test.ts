import assert from 'node:assert/strict'
import { Agent, get, type IncomingMessage } from 'node:http'
import { type TestContext, test } from 'node:test'
import { eventually } from '../../testing/eventually.ts'
import { request } from '../../testing/request.ts'
import {
  createInstallation,
  portsOf,
  type SpawnedProcess,
  spawnCommand,
} from '../../testing/spawn-manager.ts'
import { clientHeaders } from '../../testing/start-test-manager.ts'

const CONFIG = '/api/v1beta/config'

async function setUp(t: TestContext) {
  const installation = await createInstallation()
  const spawned = spawnCommand(['serve', '--config', installation.settingsFile])
  t.after(async () => {
    spawned.child.kill('SIGKILL')
    await spawned.ended
    await installation.close()
  })
  const { port, metricsPort } = await portsOf(spawned)
  const headers = { Authorization: `Bearer ${installation.provider.issue()}`, ...clientHeaders }
  return { ...spawned, port, metricsPort, headers }
}

interface Load {
  answered: number
  readonly failures: string[]
}

/**
 * Keeps `connections` connections busy until the manager takes no more. Being refused a new connection is how a client
 * learns that it is gone; everything else that fails is a failure.
 */
async function load(
  port: number,
  headers: Record<string, string>,
  connections: number,
  tally: Load,
): Promise<void> {
  const one = async (): Promise<void> => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    for (;;) {
      try {
        const status = await ask(port, headers, agent)
        if (status === 200) tally.answered += 1
        else tally.failures.push(`status ${status}`)
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
        if (code !== 'ECONNREFUSED') tally.failures.push(code)
        agent.destroy()
        return
      }
    }
  }
  await Promise.all(Array.from({ length: connections }, one))
}

async function ask(port: number, headers: Record<string, string>, agent: Agent): Promise<number | undefined> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: CONFIG, headers, agent }, resolve).on('error', reject)
  })
  for await (const _ of answer) {
    // Only the end matters.
  }
  return answer.statusCode
}

const endOf = async ({ ended }: Pick<SpawnedProcess, 'ended'>): Promise<number | string | null> => ended

test('SIGTERM under the load of 200 connections fails no request, and the exit code is 0', async (t) => {
  const { child, ended, port, headers, output } = await setUp(t)
  const tally: Load = { answered: 0, failures: [] }
  const loaded = load(port, headers, 200, tally)
  await eventually('the load is there', () => tally.answered > 1000)
  child.kill('SIGTERM')
  await loaded
  assert.equal(await endOf({ ended }), 0)
  assert.deepEqual(tally.failures, [])
  assert.match(output.stdout, /"event":"stopping","signal":"SIGTERM"/)
  assert.match(output.stdout, /"event":"stopped"\}\n$/)
})

test('SIGTERM answers whoever waits for news', async (t) => {
  const { child, ended, port, metricsPort, headers } = await setUp(t)
  const { etag = '' } = (await request(port, CONFIG, { headers })).headers
  const waiting = { ...headers, 'If-None-Match': etag, Prefer: 'wait=60' }
  const answers = Array.from({ length: 20 }, () => request(port, CONFIG, { headers: waiting }))
  await eventually('they all wait', async () =>
    (await request(metricsPort, '/metrics')).text.includes('\nhivewarden_waiting_requests 20\n'),
  )
  child.kill('SIGTERM')
  assert.deepEqual(new Set((await Promise.all(answers)).map(({ status }) => status)), new Set([304]))
  assert.equal(await endOf({ ended }), 0)
})

test('SIGINT drains as well', async (t) => {
  const { child, ended } = await setUp(t)
  child.kill('SIGINT')
  assert.equal(await endOf({ ended }), 0)
})

test('a second signal ends it at once', async (t) => {
  const { child, ended, port, output } = await setUp(t)
  // A head that is never finished would be waited for.
  const { socket } = await new Promise<IncomingMessage>((resolve) => {
    get({ host: '127.0.0.1', port, path: '/healthz', agent: new Agent({ keepAlive: true }) }, resolve)
  })
  socket.on('error', () => undefined)
  socket.write('GET / HTTP/1.1\r\nX: ')
  child.kill('SIGTERM')
  await eventually('it is stopping', () => output.stdout.includes('"event":"stopping"'))
  child.kill('SIGTERM')
  assert.equal(await endOf({ ended }), 'SIGTERM')
  assert.ok(!output.stdout.includes('"event":"stopped"'))
})
