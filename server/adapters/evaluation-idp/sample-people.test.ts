import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { samplePeople } from './sample-people.ts'

describe('the sample people', () => {
  test('show the cases that matter: several groups, one, none', () => {
    const counts = samplePeople.map((person) => person.groups.length)
    assert.ok(counts.some((count) => count > 1))
    assert.ok(counts.includes(1))
    assert.ok(counts.includes(0))
  })

  test('differ in subject and address', () => {
    assert.equal(new Set(samplePeople.map((person) => person.subject)).size, samplePeople.length)
    assert.equal(new Set(samplePeople.map((person) => person.email)).size, samplePeople.length)
  })

  test('stand in the guide as they are', () => {
    const guide = readFileSync(new URL('../../../docs/evaluation.md', import.meta.url), 'utf8').replace(
      / +/g,
      ' ',
    )
    for (const { name, subject, email, groups } of samplePeople) {
      const listed = groups.length === 0 ? 'none' : groups.map((group) => `\`${group}\``).join(', ')
      const row = `| ${name} | \`${subject}\`, \`${email}\` | ${listed} |`
      assert.ok(guide.includes(row), row)
    }
  })
})
