import assert from 'node:assert/strict'
import { test } from 'node:test'
import { limits } from '../limits.ts'
import { readJson } from './read-json.ts'

const problemsOf = (source: string | Uint8Array) =>
  readJson(source).problems.map(({ path, code }) => `${path} ${code}`)

const readable: readonly (readonly [string, string, unknown])[] = [
  [
    'every kind of value',
    '{"a":[1,-2.5,1e3,true,false,null,"x",{}]}',
    { a: [1, -2.5, 1000, true, false, null, 'x', {}] },
  ],
  ['white space anywhere', ' \t\r\n{ "a" : [ ] }\n', { a: [] }],
  ['escapes', '"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\udc1d"', '"\\/\b\f\n\r\té🐝'],
  ['characters beyond ASCII as they are', '"é🐝\u007f"', 'é🐝\u007f'],
  ['a float that is an integer', '1.0', 1],
  ['minus zero as zero', '-0', 0],
  ['the largest integer that is the same everywhere', '9007199254740991', 9_007_199_254_740_991],
  ['a number with the digits that are kept', '0.30000000000000004', 0.30000000000000004],
  ['zeros that say nothing', '0.1000000000000000000000000', 0.1],
  ['an exponent with a sign', '12E-1', 1.2],
]

for (const [title, text, value] of readable) {
  test(`reads ${title}`, () => {
    assert.deepEqual(readJson(text), { value, problems: [] })
  })
}

const malformed: readonly (readonly [string, string, string])[] = [
  ['an empty text', '', 'Correct line 1, column 1: expected a value.'],
  [
    'a comment',
    '{\n  // no\n}',
    'Correct line 2, column 3: expected a member name in double quotes. JSON has no comments.',
  ],
  [
    'single quotes',
    "{'a':1}",
    'Correct line 1, column 2: expected a member name in double quotes. JSON wants double quotes.',
  ],
  [
    'a comma before the end',
    '[1,]',
    'Correct line 1, column 4: expected a value. Remove the comma before it.',
  ],
  ['a missing comma', '[1 2]', 'Correct line 1, column 4: expected a comma or ].'],
  ['a missing colon', '{"a" 1}', 'Correct line 1, column 6: expected a colon.'],
  ['two documents', '{}{}', 'Correct line 1, column 3: expected nothing more.'],
  ['a leading zero', '01', 'Correct line 1, column 2: expected a number as JSON writes it.'],
  ['a leading plus', '+1', 'Correct line 1, column 1: expected a value.'],
  ['a number without fraction', '1.', 'Correct line 1, column 2: expected a number as JSON writes it.'],
  ['NaN', 'NaN', 'Correct line 1, column 1: expected a value.'],
  ['a word that goes on', 'truefalse', 'Correct line 1, column 5: expected nothing more.'],
  ['a text without end', '"a', 'Correct line 1, column 3: expected " at the end of the text.'],
  [
    'an escape that JSON does not know',
    '"\\x"',
    'Correct line 1, column 2: expected an escape that JSON knows.',
  ],
  [
    'a line break in a text',
    '"a\nb"',
    'Correct line 1, column 3: expected an escape such as \\n in place of a control character.',
  ],
  ['an object without end', '{"a":1', 'Correct line 1, column 7: expected a comma or }.'],
]

for (const [title, text, message] of malformed) {
  test(`says where ${title} stops being JSON`, () => {
    const { problems, ...rest } = readJson(text)
    assert.deepEqual(
      problems.map((problem) => [problem.code, problem.path, problem.message]),
      [['json_syntax', '', message]],
    )
    assert.equal('value' in rest, false)
  })
}

test('stops two readings of one text: a member that is there twice keeps its first value', () => {
  assert.deepEqual(readJson('{"a":1,"b":{"c":1,"c":2},"a":3}'), {
    value: { a: 1, b: { c: 1 } },
    problems: [
      { path: '/b/c', code: 'duplicate_key', message: 'Keep one of the members that have this name.' },
      { path: '/a', code: 'duplicate_key', message: 'Keep one of the members that have this name.' },
    ],
  })
})

test('sees through an escape that hides a second member of one name', () => {
  assert.deepEqual(problemsOf('{"a":1,"\\u0061":2}'), ['/a duplicate_key'])
})

test('stops pollution of prototypes: leaves reserved names out wherever they stand', () => {
  const reading = readJson('{"__proto__":{"x":1},"a":[{"constructor":1}],"b":{"prototype":2,"c":3}}')
  assert.deepEqual(reading.value, { a: [{}], b: { c: 3 } })
  assert.deepEqual(
    reading.problems.map(({ path }) => path),
    ['/__proto__', '/a/0/constructor', '/b/prototype'],
  )
  assert.equal(Reflect.get({}, 'x'), undefined)
})

test('sees through an escape that hides a reserved name', () => {
  assert.deepEqual(problemsOf('{"__pr\\u006fto__":1}'), ['/__proto__ forbidden_key'])
})

for (const literal of [
  '1e400',
  '-1e400',
  '1e-400',
  '9007199254740992',
  '9007199254740993',
  '0.1000000000000000055',
  '123456789.123456789123',
]) {
  test(`refuses ${literal}, which clients would not all read alike`, () => {
    assert.deepEqual(problemsOf(`[${literal}]`), ['/0 number_range'])
  })
}

test('refuses half of a surrogate pair in a text and in a name', () => {
  assert.deepEqual(problemsOf('{"a":"\\ud800","\\udc00":1}'), ['/a lone_surrogate', '/\udc00 lone_surrogate'])
})

test('escapes slashes and tildes in the path', () => {
  assert.deepEqual(problemsOf('{"a/b~c":{"x":1,"x":2}}'), ['/a~1b~0c/x duplicate_key'])
})

test('reads nesting up to the limit and refuses one more', () => {
  const { depth } = limits.document
  assert.deepEqual(problemsOf('['.repeat(depth) + ']'.repeat(depth)), [])
  assert.deepEqual(problemsOf('['.repeat(depth + 1) + ']'.repeat(depth + 1)), [' max_depth'])
})

test('refuses a hundred thousand levels without running out of stack', () => {
  assert.deepEqual(problemsOf('['.repeat(100_000)), [' max_depth'])
  assert.deepEqual(problemsOf('{"a":'.repeat(40_000)), [' max_depth'])
})

test('reads a list and an object of as many members as allowed, and refuses one more', () => {
  const { members } = limits.document
  const list = (count: number) => JSON.stringify(Array.from({ length: count }, () => 0))
  const object = (count: number) => `{${Array.from({ length: count }, (_, index) => `"m${index}":0`).join()}}`
  assert.deepEqual(problemsOf(list(members)), [])
  assert.deepEqual(problemsOf(list(members + 1)), [' max_items'])
  assert.deepEqual(problemsOf(object(members)), [])
  assert.deepEqual(problemsOf(object(members + 1)), [' max_items'])
})

test('reads a text of as many bytes as allowed, and refuses one more', () => {
  const { stringBytes } = limits.document
  assert.deepEqual(problemsOf(JSON.stringify('a'.repeat(stringBytes))), [])
  assert.deepEqual(problemsOf(JSON.stringify('a'.repeat(stringBytes + 1))), [' max_length'])
  assert.deepEqual(problemsOf(JSON.stringify(`${'é'.repeat(stringBytes / 2)}a`)), [' max_length'])
})

test('reads a document of as many bytes as allowed, and refuses one more, as bytes and as text', () => {
  const padded = (bytes: number) => `{}${' '.repeat(bytes - 2)}`
  const { bytes } = limits.document
  assert.deepEqual(problemsOf(padded(bytes)), [])
  assert.deepEqual(problemsOf(padded(bytes + 1)), [' max_size'])
  assert.deepEqual(problemsOf(new TextEncoder().encode(padded(bytes))), [])
  assert.deepEqual(problemsOf(new TextEncoder().encode(padded(bytes + 1))), [' max_size'])
  assert.deepEqual(problemsOf(`"${'é'.repeat(bytes / 2)}"`), [' max_size'])
})

test('refuses a name so long that it would fill every path below it', () => {
  assert.deepEqual(problemsOf(`{"${'n'.repeat(1025)}":1}`), [`/${'n'.repeat(64)}… max_length`])
})

test('stops a document that would fill a log: reports no more than a thousand problems', () => {
  const text = `[${'{"__proto__":1},'.repeat(5000)}0]`
  assert.equal(readJson(text).problems.length, 1000)
})
