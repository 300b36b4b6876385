import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import {
  createCorpusFixture,
  type TokenCase,
  tokenCorpus,
} from '../../adapters/access-token/access-token.corpus.ts'
import { createFakeClock } from '../../adapters/identity-provider/testing/observed.ts'
import { startTestManager } from '../../testing/start-test-manager.ts'

const clock = createFakeClock()
const fixture = await createCorpusFixture(clock.now)
const manager = await startTestManager({ clock, provider: fixture.provider })
after(async () => {
  await manager.close()
  await fixture.provider.close()
})

const HEADERS =
  'Host: localhost\r\nX-Client-Type: toolhive-cli\r\nX-Client-Version: 1.2.3\r\nConnection: close\r\n'

function requestFor({ token, http = { status: [] } }: TokenCase): string {
  if (http.carriedIn === 'query') {
    return `GET /api/v1beta/config?access_token=${token} HTTP/1.1\r\n${HEADERS}\r\n`
  }
  if (http.carriedIn === 'form') {
    const body = `access_token=${token}`
    return (
      `POST /api/v1beta/config HTTP/1.1\r\n${HEADERS}Content-Type: application/x-www-form-urlencoded\r\n` +
      `Content-Length: ${body.length}\r\n\r\n${body}`
    )
  }
  const lines = (http.authorization ?? [`Bearer ${token}`]).map((line) => `Authorization: ${line}\r\n`)
  return `GET /api/v1beta/config HTTP/1.1\r\n${HEADERS}${lines.join('')}\r\n`
}

function expectedStatuses({ expect, http }: TokenCase): readonly number[] {
  if (http !== undefined) return http.status
  if (expect === 'no_crash') return [200, 401]
  return [expect === 'accept' ? 200 : 401]
}

for (const each of tokenCorpus(fixture)) {
  if (each.inProcessOnly) continue
  test(`${each.id} over HTTP: ${each.title}`, async () => {
    const { answers } = await manager.send(requestFor(each))
    assert.equal(answers.length, 1)
    const { status = 0, headers = {} } = answers[0] ?? {}
    assert.ok(expectedStatuses(each).includes(status), `status ${status}`)
    if (status !== 401) return
    const error = /^Bearer (?:.*\b)?error="([a-z_]+)"/.exec(headers['www-authenticate'] ?? '')?.[1]
    const expected = each.expect === 'insufficient_scope' ? 'insufficient_scope' : 'invalid_token'
    // Without credentials there is nothing to be wrong with them.
    const sent = each.http?.withoutError !== true && each.http?.authorization?.[0]?.startsWith('ey') !== true
    assert.equal(error, sent ? expected : undefined)
  })
}

test('no token of the corpus is in the log', () => {
  const log = manager.log.writes.join('')
  for (const { token } of tokenCorpus(fixture)) {
    const signature = token.split('.')[2] ?? ''
    if (signature.length >= 40) assert.ok(!log.includes(signature.slice(0, 40)))
  }
})

test('no token of the corpus made the manager ask anybody but its provider', () => {
  assert.equal(fixture.provider.requests.other, 0)
})
