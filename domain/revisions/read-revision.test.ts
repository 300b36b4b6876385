import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canonicalJson } from '../envelope/canonical-json.ts'
import { singleLayer } from '../policy/single-layer.ts'
import { corpusContext, corpusPem, corpusTime, day } from '../policy/testing/corpus-document.ts'
import { readRevision } from './read-revision.ts'

const { readCertificate } = corpusContext
const codes = (text: string, publishedAt = corpusTime): readonly string[] => {
  const reading = readRevision({ text, publishedAt }, readCertificate)
  return reading.ok ? [] : reading.problems.map(({ code }) => code)
}

test('reads a certificate that has expired since it was published', () => {
  const pem = corpusPem({ notAfter: corpusTime + day })
  const text = canonicalJson(singleLayer({ ca_certificate: { value: { pem }, enforcement: 'enforced' } }))
  assert.deepEqual(codes(text, corpusTime), [])
  assert.deepEqual(codes(text, corpusTime + 2 * day), ['expired'])
})

for (const [title, text, code] of [
  ['no JSON', '{', 'json_syntax'],
  ['a member that stands there twice', '{"layers":[],"layers":[]}', 'duplicate_key'],
  ['no layers', '{}', 'required'],
  ['an unknown directive', '{"layers":[{"id":"o","name":"O","directives":{"x":1}}]}', 'unknown_key'],
] as const) {
  test(`does not take ${title} for a policy`, () => {
    assert.deepEqual(codes(text), [code])
  })
}
