import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { matchesEntityTag } from './conditional-request.ts'

const opaque = fc
  .array(fc.integer({ min: 0x21, max: 0xff }).filter((code) => code !== 0x22 && code !== 0x7f))
  .map((codes) => `"${String.fromCharCode(...codes)}"`)
const blanks = fc.stringMatching(/^[\t ]{0,3}$/)
const element = fc.record({ weak: fc.boolean(), tag: opaque, before: blanks, after: blanks })

test('agrees with a list that was never written down', () => {
  fc.assert(
    fc.property(fc.array(element, { maxLength: 6 }), opaque, fc.nat(5), (elements, other, pick) => {
      const header = elements
        .map(({ weak, tag, before, after }) => `${before}${weak ? 'W/' : ''}${tag}${after}`)
        .join(',')
      const asked = elements[pick]?.tag ?? other
      assert.equal(
        matchesEntityTag(header, asked),
        elements.some(({ tag }) => tag === asked),
      )
    }),
    { numRuns: 2000 },
  )
})

test('never throws and never matches a text that does not hold the tag', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary-ascii', maxLength: 60 }), (header) => {
      const matched = matchesEntityTag(header, '"tag-that-nobody-writes"')
      assert.equal(matched, header.trim() === '*')
    }),
    { numRuns: 2000 },
  )
})
