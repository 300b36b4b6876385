import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createRandom } from '../adapters/access-token/mutate-token.fixture.ts'
import { startTestManager } from '../testing/start-test-manager.ts'
import { mutateRequest } from './mutate-request.fixture.ts'

const ROUNDS = 20_000
const AT_ONCE = 40
const seed = Number(process.env.HIVEWARDEN_FUZZ_SEED ?? Date.now() % 2 ** 32)
const manager = await startTestManager()
after(() => manager.close())

const head = 'Host: localhost\r\nX-Client-Type: toolhive-cli\r\nX-Client-Version: 1.2.3\r\n'
const token = `Authorization: Bearer ${manager.provider.issue()}\r\n`
const { etag = '' } = (await manager.config()).headers
const good = [
  `GET /api/v1beta/config HTTP/1.1\r\n${head}${token}\r\n`,
  `GET /api/v1beta/config HTTP/1.1\r\n${head}${token}If-None-Match: ${etag}\r\n\r\n`,
  `HEAD /api/v1beta/config HTTP/1.1\r\n${head}${token}Accept: application/jose\r\n\r\n`,
  `GET /.well-known/toolhive-configuration HTTP/1.1\r\n${head}If-None-Match: "a", W/"b"\r\n\r\n`,
  `GET /.well-known/jwks.json HTTP/1.1\r\n${head}Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n`,
  `POST /api/v1beta/config HTTP/1.1\r\n${head}Content-Length: 5\r\n\r\nabcde`,
  `OPTIONS /.well-known/oauth-protected-resource HTTP/1.1\r\n${head}Origin: https://evil.example\r\n\r\n`,
  `GET /readyz HTTP/1.0\r\n${head}\r\n`,
] as const

/** What no log line may hold, whatever is sent. */
const unsafe = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

test('20,000 mutated requests give no answer of 500 or above, and the manager goes on', async (t) => {
  t.diagnostic(`seed ${seed}; repeat with HIVEWARDEN_FUZZ_SEED=${seed}`)
  const random = createRandom(seed)
  const statuses = new Map<number, number>()
  let left = ROUNDS

  const attack = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      const request = mutateRequest(good, random)
      const { answers } = await manager
        .send(request, { halfClose: true, record: false })
        .catch((error: unknown) => {
          throw new Error(`seed ${seed}: ${JSON.stringify(request)}`, { cause: error })
        })
      for (const { status } of answers) {
        assert.ok(status < 500, `seed ${seed}: ${status} for ${JSON.stringify(request)}`)
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, attack))

  t.diagnostic([...statuses].map(([status, count]) => `${status}: ${count}`).join(', '))
  for (const status of [200, 304, 400, 401, 404, 405, 431]) {
    assert.ok((statuses.get(status) ?? 0) > 0, `the mutations reach ${status}`)
  }
  assert.equal((await manager.request('/healthz')).status, 200)
  assert.deepEqual(manager.log.of('request_failed'), [])
})

test('none of them forged a log line', () => {
  for (const line of manager.log.writes) {
    assert.match(line, /^\{"time":"[^"]+","level":"(debug|info|warn|error)","event":"[a-z_]+"/)
    assert.ok(line.endsWith('}\n') && !unsafe.test(line.slice(0, -1)), JSON.stringify(line))
  }
})
