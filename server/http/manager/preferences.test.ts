import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { preferredWait, prefersJose } from './preferences.ts'

describe('preferredWait', () => {
  for (const [prefer, seconds] of [
    [undefined, undefined],
    ['', undefined],
    ['wait=55', 55],
    ['wait=1', 1],
    ['wait=60', 60],
    ['wait=61', 60],
    ['wait=99999999999999999999', 60],
    ['wait=0', undefined],
    ['wait=00', undefined],
    ['wait=-5', undefined],
    ['wait=1.5', undefined],
    ['wait=1e3', undefined],
    ['wait=', undefined],
    ['wait', undefined],
    ['WAIT=5', 5],
    ['wait="5"', 5],
    ['wait="5', undefined],
    ['wait = 5', 5],
    ['wait=5; foo=bar', 5],
    ['respond-async, wait=5', 5],
    ['wait=5, wait=10', 5],
    ['wait=soon, wait=10', undefined],
    ['waiting=5', undefined],
    ['return=minimal', undefined],
    [',,;=;,', undefined],
  ] as const) {
    test(`${JSON.stringify(prefer)} is ${seconds ?? 'no wish'}`, () => {
      assert.equal(preferredWait(prefer), seconds)
    })
  }

  test('whatever is sent, it is between 1 and 60 seconds or none', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom('wait', '=', '"', ',', ';', ' ', '1', '0', '-') }),
    )
    fc.assert(
      fc.property(text, (prefer) => {
        const seconds = preferredWait(prefer)
        assert.ok(seconds === undefined || (Number.isInteger(seconds) && seconds >= 1 && seconds <= 60))
      }),
      { numRuns: 2000 },
    )
  })
})

describe('prefersJose', () => {
  test('never throws, and is false without the word', () => {
    fc.assert(
      fc.property(fc.string(), (accept) => {
        assert.equal(prefersJose(accept), /application\/jose/i.test(accept) && prefersJose(accept))
      }),
    )
  })

  test('does not take a quality that is none for one', () => {
    assert.equal(prefersJose('application/jose;q=5, application/json;q=0.9'), true)
    assert.equal(prefersJose('application/jose;q=0.0001'), true)
  })
})
