import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkWords, mostCharacters } from './check-words.ts'

for (const member of ['title', 'reason', 'comment'] as const) {
  const most = mostCharacters[member]
  test(`takes a ${member} of the greatest length and none that is longer`, () => {
    assert.deepEqual(checkWords(member, 'x'.repeat(most)), { ok: true, value: 'x'.repeat(most) })
    assert.deepEqual(checkWords(member, 'x'.repeat(most + 1)), {
      ok: false,
      problem: { code: 'words', member, because: 'too_long', most },
    })
  })
}

test('takes the space around a text away', () => {
  assert.deepEqual(checkWords('title', '  A title \n'), { ok: true, value: 'A title' })
})

test('takes a reason of several lines', () => {
  assert.equal(checkWords('reason', 'one\ntwo\r\n\tthree').ok, true)
})

for (const [what, member, text, because] of [
  ['no text', 'title', '', 'empty'],
  ['only space', 'reason', ' \n ', 'empty'],
  ['a title of two lines', 'title', 'one\ntwo', 'unsafe'],
  ['an escape sequence', 'comment', 'a\u001b[2Jb', 'unsafe'],
  ['text that reads backwards', 'title', 'a\u202eb', 'unsafe'],
  ['half of a surrogate pair', 'reason', 'a\ud800', 'unsafe'],
] as const) {
  test(`refuses ${what}`, () => {
    const outcome = checkWords(member, text)
    assert.equal(outcome.ok ? undefined : outcome.problem.because, because)
  })
}
