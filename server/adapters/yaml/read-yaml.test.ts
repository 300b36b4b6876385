import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readYaml } from './read-yaml.ts'

const MOST = 64 * 1024
const read = (text: string | Uint8Array) =>
  readYaml(typeof text === 'string' ? Buffer.from(text) : text, MOST)
const contentOf = (text: string | Uint8Array): unknown => {
  const result = read(text)
  return result.ok ? result.value : result.problem
}
const firstProblem = (text: string | Uint8Array) => {
  const result = read(text)
  return result.ok ? undefined : result.problem[0]
}

describe('reads', () => {
  for (const [title, text, value] of [
    ['JSON', '{"a": [1, "b", null, true]}', { a: [1, 'b', null, true] }],
    ['YAML', 'a:\n  - b: 1\n', { a: [{ b: 1 }] }],
    [
      'the words of YAML 1.1 as text',
      'a: no\nb: on\nc: 1_000\nd: 0o17',
      { a: 'no', b: 'on', c: '1_000', d: 15 },
    ],
    ['an anchor that is used again', 'a: &x [1]\nb: *x', { a: [1], b: [1] }],
    ['a merge key as the text that it is', '"<<": 1', { '<<': 1 }],
    ['a number as a key as text', '1: a', { '1': 'a' }],
    ['an empty file as nothing', '', null],
    ['a file of comments as nothing', '# later\n', null],
    ['a file with a byte order mark', '\ufeffa: 1', { a: 1 }],
  ] as const) {
    test(title, () => assert.deepEqual(contentOf(text), value))
  }
})

describe('refuses', () => {
  for (const [title, text, code, line] of [
    ['a key that is there twice', 'a: 1\nb: 2\na: 3', 'duplicate_key', 3],
    ['a key that is there twice in JSON', '{"a": 1,\n"a": 2}', 'duplicate_key', 2],
    ['what ends in the middle', 'a: [1,', 'yaml_syntax', 1],
    ['a tab as indentation', 'a:\n\tb: 1', 'yaml_syntax', 2],
    ['two documents', 'a: 1\n---\nb: 2', 'yaml_syntax', 2],
    ['a tag of its own', 'a: !vault secret', 'yaml_syntax', 1],
    ['a key that is a list', '? [a]\n: 1', 'yaml_syntax', 1],
    ['an alias of nothing', 'a: *b', 'yaml_syntax', undefined],
    ['YAML 1.1', '%YAML 1.1\n---\na: no', 'yaml_syntax', undefined],
    ['brackets that open 10,000 times', '['.repeat(10_000), 'yaml_syntax', 1],
    ['65 levels', `${'['.repeat(65)}${']'.repeat(65)}`, 'max_depth', undefined],
    ['an anchor that holds itself', 'a: &a [*a]', 'max_depth', undefined],
  ] as const) {
    test(title, () => {
      const problem = firstProblem(text)
      assert.equal(problem?.code, code)
      if (line !== undefined) assert.equal(problem?.line, line)
    })
  }

  test('anchors that multiply into a billion', () => {
    const rows = Array.from({ length: 9 }, (_, level) => {
      const inner = level === 0 ? '"lol"' : `*l${level - 1}`
      return `l${level}: &l${level} [${Array(9).fill(inner).join(',')}]`
    })
    assert.equal(firstProblem(rows.join('\n'))?.code, 'yaml_syntax')
  })

  test('bytes that are no UTF-8', () => {
    assert.equal(firstProblem(Uint8Array.of(0x61, 0x3a, 0x20, 0xff))?.code, 'encoding')
  })

  test('UTF-16', () => {
    assert.equal(firstProblem(Buffer.from('\ufeffa: 1', 'utf16le'))?.code, 'encoding')
  })
})

test('reads a file of exactly the size that is allowed, and none with a byte more', () => {
  const fits = `a: ${'x'.repeat(MOST - 3)}`
  assert.equal(read(fits).ok, true)
  assert.equal(firstProblem(`${fits}x`)?.code, 'max_size')
})

test('64 levels are read', () => {
  assert.equal(read(`${'['.repeat(64)}${']'.repeat(64)}`).ok, true)
})

test('a key named __proto__ becomes a member and changes no object', () => {
  const value = contentOf('__proto__: {polluted: true}')
  assert.deepEqual(Object.keys(value as object), ['__proto__'])
  assert.equal(Reflect.get({}, 'polluted'), undefined)
})
