import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isClientVersion } from '../client-type.ts'
import { compareVersions, parseVersion, type Version } from '../version.ts'
import { isVersionInRange, parseVersionRange } from './version-range.ts'

const version = (text: string): Version => {
  const parsed = parseVersion(text)
  assert.ok(parsed, `no version: ${text}`)
  return parsed
}

const cases: readonly (readonly [range: string, inside: readonly string[], outside: readonly string[]])[] = [
  ['*', ['0.0.0', '9.9.9'], []],
  ['x', ['0.0.1', '1.0.0-rc.1'], []],
  ['1.2.3', ['1.2.3', '1.2.3+build'], ['1.2.4', '1.2.3-rc.1']],
  ['=1.2.3', ['1.2.3'], ['1.2.2']],
  ['1', ['1.0.0', '1.9.9'], ['0.9.9', '2.0.0', '2.0.0-rc.1']],
  ['1.x', ['1.0.0', '1.9.9'], ['2.0.0', '2.0.0-rc.1']],
  ['1.2', ['1.2.0', '1.2.9'], ['1.3.0', '1.1.9']],
  ['1.2.*', ['1.2.0', '1.2.9'], ['1.3.0-alpha']],
  ['>=1.4.0', ['1.4.0', '2.0.0-beta.1'], ['1.3.9', '1.4.0-rc.1']],
  ['>= 1.4', ['1.4.0'], ['1.3.9']],
  ['>1.4', ['1.5.0', '1.5.0-rc.1'], ['1.4.9']],
  ['>1.4.0', ['1.4.1', '1.5.0-0'], ['1.4.0', '1.4.0-rc.1']],
  ['<2', ['1.9.9'], ['2.0.0', '2.0.0-rc.1']],
  ['<2.0.0', ['1.9.9', '2.0.0-rc.1'], ['2.0.0']],
  ['<=1.4', ['1.4.9', '1.0.0'], ['1.5.0', '1.5.0-rc.1']],
  ['<=1.4.0', ['1.4.0', '1.4.0-rc.1'], ['1.4.1']],
  ['>=1.4.0 <2.0.0', ['1.4.0', '1.9.9'], ['1.3.9', '2.0.0']],
  ['^1.4', ['1.4.0', '1.9.9', '1.5.0-rc.1'], ['1.3.9', '2.0.0', '2.0.0-rc.1']],
  ['^0.2.3', ['0.2.3', '0.2.9'], ['0.2.2', '0.3.0']],
  ['^0.0.3', ['0.0.3'], ['0.0.4', '0.0.2']],
  ['^0.0', ['0.0.0', '0.0.9'], ['0.1.0']],
  ['^0', ['0.0.0', '0.9.9'], ['1.0.0']],
  ['~1.4.2', ['1.4.2', '1.4.9'], ['1.4.1', '1.5.0', '1.5.0-rc.1']],
  ['~1.4', ['1.4.0', '1.4.9'], ['1.5.0']],
  ['~1', ['1.0.0', '1.9.9'], ['2.0.0']],
  ['^1.4 || 3.x', ['1.4.0', '3.1.0'], ['2.0.0', '4.0.0']],
  ['>*', [], ['0.0.0', '9.9.9']],
  ['^*', ['0.0.0', '9.9.9'], []],
]

for (const [range, inside, outside] of cases) {
  test(`finds the versions that are and are not in ${range}`, () => {
    const parsed = parseVersionRange(range)
    assert.ok(parsed)
    assert.deepEqual(
      inside.filter((text) => !isVersionInRange(version(text), parsed)),
      [],
    )
    assert.deepEqual(
      outside.filter((text) => isVersionInRange(version(text), parsed)),
      [],
    )
  })
}

for (const range of [
  '',
  ' ',
  '||',
  '1 ||',
  'latest',
  '1.2.3.4',
  'v1.2.3',
  '1.x.3',
  '01.2.3',
  '>>1',
  '1 - 2',
  '>=',
  '1.2.3-',
  '>=1,<2',
  '1'.repeat(300),
]) {
  test(`refuses the range ${JSON.stringify(range.slice(0, 20))}`, () => {
    assert.equal(parseVersionRange(range), undefined)
  })
}

test('orders versions as semantic versioning has it', () => {
  const ordered = [
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-alpha.beta',
    '1.0.0-beta',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0-rc.1',
    '1.0.0',
    '1.0.1',
    '1.1.0',
    '2.0.0',
  ]
  const shuffled = [...ordered].reverse().sort((one, other) => compareVersions(version(one), version(other)))
  assert.deepEqual(shuffled, ordered)
})

test('leaves build metadata out of the order', () => {
  assert.equal(compareVersions(version('1.0.0+a'), version('1.0.0+b')), 0)
})

for (const text of ['1.2.3', '0.0.0', '1.0.0-alpha.1+build.5', '1.0.0--', `1.0.0-${'a'.repeat(58)}`]) {
  test(`takes ${text.slice(0, 30)} for a client version`, () => assert.equal(isClientVersion(text), true))
}

for (const text of [
  '',
  '1',
  '1.2',
  'v1.2.3',
  '01.2.3',
  '1.2.3-01',
  '1.2.3-',
  '1.2.3+',
  '1.2.3 ',
  '1.2.3\n',
  '1.2.99999999999999999999',
  `1.0.0-${'a'.repeat(59)}`,
  '１.2.3',
]) {
  test(`does not take ${JSON.stringify(text.slice(0, 30))} for a client version`, () =>
    assert.equal(isClientVersion(text), false))
}
