import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { decodeBase64Url, encodeBase64Url, encodeText } from './base64url.ts'

test('writes and reads what Node writes and reads', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const text = encodeBase64Url(bytes)
      assert.equal(text, Buffer.from(bytes).toString('base64url'))
      assert.deepEqual(decodeBase64Url(text), new Uint8Array(bytes))
    }),
    { numRuns: 1000 },
  )
})

test('writes text as UTF-8', () => {
  assert.equal(encodeText('“🐝”'), Buffer.from('“🐝”').toString('base64url'))
})

describe('refuses every second spelling of the same bytes', () => {
  const cases = {
    padding: 'YQ==',
    'left-over bits': 'YR',
    'left-over bits of three letters': 'YWJ',
    'the letters of plain base64': '-_+/',
    'white space': 'YW Jj',
    'a newline at the end': 'YWJj\n',
    'a lone letter': 'YWJjZ',
    'a letter outside of ASCII': 'YWé',
    'a letter outside of the first plane': 'YW🐝',
  }
  for (const [name, text] of Object.entries(cases)) {
    test(name, () => {
      assert.equal(decodeBase64Url(text), undefined)
    })
  }
})
