import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createJsonLogger, type LogLevel } from './json-logger.ts'

const clock = { now: () => Date.UTC(2026, 0, 2, 3, 4, 5, 6) }

function record(least: LogLevel = 'debug') {
  const writes: string[] = []
  return { writes, logger: createJsonLogger(clock, least, (line) => void writes.push(line)) }
}

test('writes one JSON object a line, with time, level and event first', () => {
  const { writes, logger } = record()
  logger.info('started', { port: 8080, evaluation: false })
  assert.deepEqual(writes, [
    '{"time":"2026-01-02T03:04:05.006Z","level":"info","event":"started","port":8080,"evaluation":false}\n',
  ])
})

for (const [least, events] of [
  ['debug', ['debug', 'info', 'warn', 'error']],
  ['info', ['info', 'warn', 'error']],
  ['warn', ['warn', 'error']],
  ['error', ['error']],
] as const) {
  test(`at level ${least} writes ${events.join(', ')}`, () => {
    const { writes, logger } = record(least)
    for (const level of ['debug', 'info', 'warn', 'error'] as const) logger[level](level)
    assert.deepEqual(
      writes.map((line) => JSON.parse(line).event),
      events,
    )
  })
}

test('a field cannot take the place of time, level or event', () => {
  const { writes, logger } = record()
  logger.info('refused', { time: 'never', level: 'error', event: 'started', reason: 'a' })
  const { time, level, event, reason } = JSON.parse(writes[0] ?? '')
  assert.deepEqual([time, level, event, reason], ['2026-01-02T03:04:05.006Z', 'info', 'refused', 'a'])
})

test('leaves out what is undefined', () => {
  const { writes, logger } = record()
  logger.info('refused', { kid: undefined })
  assert.equal('kid' in JSON.parse(writes[0] ?? ''), false)
})

test('cuts long text', () => {
  const { writes, logger } = record()
  logger.info('refused', { reason: 'x'.repeat(100_000) })
  assert.equal(JSON.parse(writes[0] ?? '').reason.length, 1000)
})

describe('a text from outside cannot forge a line', () => {
  for (const [title, text] of [
    ['a line feed', 'a\n{"level":"error"}'],
    ['a carriage return', 'a\r{"level":"error"}'],
    ['NUL', 'a\u0000b'],
    ['the escape of a terminal', '\u001b[2J\u001b[31mred'],
    ['its 8-bit form', '\u009b2J'],
    ['delete', 'a\u007f'],
    ['a next-line character', 'a\u0085b'],
    ['a line separator', 'a\u2028b'],
    ['a paragraph separator', 'a\u2029b'],
    ['a right-to-left override', 'a\u202eb'],
    ['an isolate', 'a\u2066b\u2069'],
    ['a right-to-left mark', 'a\u200fb'],
    ['an Arabic letter mark', 'a\u061cb'],
    ['a byte order mark', '\ufeffa'],
    ['half of a pair', 'a\ud800'],
    ['quotes and backslashes', '","level":"error\\'],
  ] as const) {
    test(title, () => {
      const { writes, logger } = record()
      logger.info('refused', { reason: text })
      const [line = ''] = writes
      assert.equal(writes.length, 1)
      assert.match(
        line,
        /^[^\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]*\n$/u,
      )
      const { level, reason } = JSON.parse(line)
      assert.equal(level, 'info')
      assert.equal(reason, text)
    })
  }
})
