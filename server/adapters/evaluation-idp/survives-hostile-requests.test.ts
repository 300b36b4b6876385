import assert from 'node:assert/strict'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { after, before, describe, test } from 'node:test'
import { type RunningProvider, startProvider } from './evaluation-provider.fixture.ts'
import { type HostileRequest, hostileRequests } from './hostile-requests.corpus.ts'

let running: RunningProvider
before(async () => {
  running = await startProvider()
})
after(() => running.stop())

/** Past fetch, which would not send half of this. */
const send = ({ method, path, headers, body }: HostileRequest): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const options = {
      host: '127.0.0.1',
      port: running.port,
      method,
      path,
      headers: { ...headers, host: 'localhost' },
    }
    const request = httpRequest(options, (answer) => {
      answer.resume()
      resolve(answer)
    })
    request.on('error', reject)
    request.end(body)
  })

describe('the provider answers without an error of its own', () => {
  for (const [title, hostile] of Object.entries(hostileRequests)) {
    test(title, async () => {
      const { statusCode = 0 } = await send(hostile)
      assert.ok(statusCode >= 200 && statusCode < 500, String(statusCode))
      assert.deepEqual(
        running.logger.events.filter(({ level }) => level === 'error'),
        [],
      )
    })
  }

  test('and lets no other site read a token', async () => {
    const answer = await send({
      method: 'POST',
      path: '/idp/token',
      headers: { origin: 'https://evil.example', 'content-type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=refresh_token&client_id=toolhive&refresh_token=abc',
    })
    assert.equal(answer.headers['access-control-allow-origin'], undefined)
  })
})
