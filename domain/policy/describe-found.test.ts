import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describeFound } from './describe-found.ts'

for (const [title, value, found] of [
  ['a text in quotes', 'Enforced', '"Enforced"'],
  ['a number', 1.5, '1.5'],
  ['null', null, 'null'],
  ['what is not there', undefined, 'nothing'],
  ['a list by its length', [1, 2], 'a list with 2 items'],
  ['an object by its size', { a: 1 }, 'an object with 1 member'],
  ['control characters escaped', 'a\u001b[2J\nb', '"a\\u001b[2J\\nb"'],
  ['direction overrides escaped', 'a\u202eb', '"a\\u{202e}b"'],
  ['control characters of the second set escaped', 'a\u009bb', '"a\\u{9b}b"'],
  ['a long text shortened', 'x'.repeat(100), `"${'x'.repeat(80)}…"`],
] as const) {
  test(`shows ${title}`, () => assert.equal(describeFound(value), found))
}

test('does not show a password that stands before the place where the text is shortened', () => {
  const found = describeFound(`https://${'user-'.repeat(12)}@example.com/${'a'.repeat(200)}`)
  assert.equal(found.includes('user-'), false)
  assert.ok(found.startsWith('"https://***@example.com/'))
})
