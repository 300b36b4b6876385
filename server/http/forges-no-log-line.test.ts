import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { startTestManager } from '../testing/start-test-manager.ts'

const manager = await startTestManager({ settings: { 'server.trustedProxies': '127.0.0.1' } })
after(() => manager.close())

/** As a client would have to write them to get them into a line. Control characters below 32 end at the parser. */
const payloads = [
  ['the 8-bit escape of a terminal', '\u009b2J\u009b31m'],
  ['a next-line character', 'a\u0085{"level":"error"}'],
  ['a right-to-left override in UTF-8', Buffer.from('a\u202eb').toString('latin1')],
  ['a line separator in UTF-8', Buffer.from('a\u2028b').toString('latin1')],
  ['a JSON that ends the line', '"}{"level":"error","event":"stopped'],
  ['a percent-encoded line feed', 'a%0d%0a{"level":"error"}'],
  ['a backslash escape', 'a\\n\\u001b[2J'],
  ['10 KB', 'x'.repeat(10 * 1024)],
] as const

const controls = [
  ['a line feed', 'a\n{"level":"error"}'],
  ['a carriage return', 'a\r{"level":"error"}'],
  ['an escape', '\u001b[2J'],
  ['NUL', 'a\u0000'],
  ['delete', 'a\u007f'],
] as const

const headers = [
  'Authorization',
  'X-Client-Type',
  'X-Client-Version',
  'X-Client-Instance',
  'X-Applied-Serial',
  'X-Client-State',
  'X-Forwarded-For',
  'User-Agent',
  'If-None-Match',
  'Accept',
  'Prefer',
  'Host',
] as const

const safe = /^[^\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]*\n$/u

function assertSafe(lines: readonly string[]): void {
  for (const line of lines) {
    assert.match(line, safe)
    assert.ok(line.length < 8 * 1024)
    const { event, level } = JSON.parse(line)
    assert.match(event, /^[a-z_]+$/)
    assert.notEqual(level, 'error')
  }
}

const usual: Readonly<Record<string, string>> = {
  Host: 'localhost',
  'X-Client-Type': 'toolhive-cli',
  'X-Client-Version': '1.2.3',
}

/** The lines that one request brought about. The clock moves on, so that none is left out for being one of many. */
async function linesOf(header: string, value: string): Promise<readonly string[]> {
  manager.clock.advance(1)
  const before = manager.log.writes.length
  const token = manager.provider.issue()
  const all = { ...usual, Authorization: `Bearer ${token}`, [header]: value }
  const lines = Object.entries(all).map(([name, text]) => `${name}: ${text}\r\n`)
  const { answers } = await manager.send(
    `GET /api/v1beta/config HTTP/1.1\r\n${lines.join('')}Connection: close\r\n\r\n`,
    { record: false },
  )
  assert.ok(answers.every(({ status }) => status < 500))
  return manager.log.writes.slice(before)
}

for (const header of headers) {
  describe(`a client cannot forge a line with ${header}`, () => {
    for (const [title, payload] of [...payloads, ...controls]) {
      test(title, async () => assertSafe(await linesOf(header, payload)))
    }
  })
}

describe('a token cannot forge a line', () => {
  for (const [title, payload] of [...payloads.slice(0, 7), ...controls]) {
    test(`by a kid with ${title}`, async () => {
      const token = manager.provider.issue({}, { kid: payload })
      const lines = await linesOf('Authorization', `Bearer ${token}`)
      assertSafe(lines)
      assert.equal(lines.length, 1)
    })

    test(`by a subject with ${title}`, async () => {
      assertSafe(await linesOf('Authorization', `Bearer ${manager.provider.issue({ sub: payload })}`))
    })
  }
})

test('the address in the line is what the trusted proxy says, and nothing that is no address', async () => {
  const [believed] = await linesOf('X-Forwarded-For', '203.0.113.7')
  assert.equal(believed, undefined)
  const addressOf = async (forwarded: string): Promise<unknown> => {
    manager.clock.advance(1)
    await manager.config({ Authorization: undefined, 'X-Forwarded-For': forwarded })
    return manager.log.of('request_refused').at(-1)?.address
  }
  assert.equal(await addressOf('203.0.113.7'), '203.0.113.7')
  assert.equal(await addressOf('198.51.100.1, 203.0.113.7'), '203.0.113.7')
  assert.equal(await addressOf('"}{"level":"error"'), '127.0.0.1')
})

test('a flood of refusals writes few lines, and says how many it left out', async () => {
  manager.clock.advance(1)
  const before = manager.log.of('request_refused').length
  await Promise.all(Array.from({ length: 200 }, () => manager.config({ Authorization: undefined })))
  const written = manager.log.of('request_refused').length - before
  assert.ok(written <= 20, `${written} lines`)
  manager.clock.advance(1)
  await manager.config({ Authorization: undefined })
  assert.equal(manager.log.of('request_refused').at(-1)?.suppressed, 200 - written)
})
