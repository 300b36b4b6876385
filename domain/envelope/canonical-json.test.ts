import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { canonicalJson } from './canonical-json.ts'

interface Vector {
  readonly value: unknown
  readonly canonical: string
  readonly sha256: string
}

const vectors: readonly Vector[] = JSON.parse(
  readFileSync(new URL('../../docs/contract/vectors/canonical-json.json', import.meta.url), 'utf8'),
)

for (const [at, vector] of vectors.entries()) {
  test(`vector ${at + 1}: ${vector.canonical.slice(0, 40)}`, () => {
    const text = canonicalJson(vector.value)
    assert.equal(text, vector.canonical)
    assert.equal(createHash('sha256').update(text).digest('hex'), vector.sha256)
  })
}

test('orders names by their UTF-16 code units, where code points would say otherwise', () => {
  assert.equal(canonicalJson({ '\ufb33': 1, '\u{1f600}': 2 }), '{"\u{1f600}":2,"\ufb33":1}')
})

test('writes minus zero as zero', () => {
  assert.equal(canonicalJson(-0), '0')
})

test('keeps a member named __proto__', () => {
  assert.equal(canonicalJson(JSON.parse('{"b":1,"__proto__":{"a":2}}')), '{"__proto__":{"a":2},"b":1}')
})

test('writes one object at two places twice', () => {
  const shared = { a: 1 }
  assert.equal(canonicalJson([shared, shared]), '[{"a":1},{"a":1}]')
})

describe('throws on what JSON cannot hold', () => {
  const circle: unknown[] = []
  circle.push([circle])
  const cases: Record<string, unknown> = {
    undefined: undefined,
    'an undefined member': { a: undefined },
    'a hole in an array': new Array(1),
    NaN: Number.NaN,
    infinity: { a: [Number.NEGATIVE_INFINITY] },
    'a bigint': 1n,
    'a function': () => 1,
    'a symbol': Symbol('a'),
    'half a surrogate pair': '\ud800',
    'half a surrogate pair in a name': { '\udc00': 1 },
    'a date': new Date(0),
    'a map': new Map([['a', 1]]),
    'a value that contains itself': circle,
  }
  for (const [name, value] of Object.entries(cases)) {
    test(name, () => {
      assert.throws(() => canonicalJson(value), TypeError)
    })
  }
})
