import assert from 'node:assert/strict'
import { test } from 'node:test'
import { claimsToIdentity } from './claims-to-identity.ts'
import type { Identity } from './identity.ts'

const settings = {
  type: 'generic',
  issuer: 'https://idp.example.com',
  groupsClaim: 'groups',
  rolesClaim: 'roles',
} as const

type Over = Readonly<Record<string, unknown>>

const read = (claims: Over, over: Over = {}): Identity => {
  const result = claimsToIdentity({ sub: 'ada', ...claims }, { ...settings, ...over })
  assert.ok(result.ok)
  return result.value
}

test('a token with a subject alone is somebody in no group', () => {
  assert.deepEqual(read({}), {
    issuer: 'https://idp.example.com',
    subject: 'ada',
    groups: [],
    groupsKnown: true,
    roles: [],
    scopes: [],
  })
})

const groupClaims: readonly [string, unknown, readonly string[], boolean][] = [
  ['an array of names', ['a', 'b'], ['a', 'b'], true],
  ['one name', 'a', ['a'], true],
  ['a name with blanks and commas, which is one name', 'CN=Tools, OU=All', ['CN=Tools, OU=All'], true],
  ['nothing', [], [], true],
  ['empty text', '', [], true],
  ['null', null, [], true],
  ['an object', { a: true }, [], false],
  ['a number', 7, [], false],
  ['a name beside a number', ['a', 7], [], false],
  ['a name with a line feed', ['a\nb'], [], false],
  ['1,001 names', Array(1001).fill('a'), [], false],
  ['1,000 names', Array(1000).fill('a'), Array(1000).fill('a'), true],
]

for (const [title, groups, names, known] of groupClaims) {
  test(`groups from ${title} are ${known ? 'known' : 'unknown'}`, () => {
    const identity = read({ groups })
    assert.deepEqual([identity.groups, identity.groupsKnown], [names, known])
  })
}

test('groups that the token left out for their number are unknown', () => {
  assert.equal(read({ _claim_names: { groups: 'src1' } }).groupsKnown, false)
  assert.equal(read({ hasgroups: true }).groupsKnown, false)
  assert.equal(read({ _claim_names: { other: 'src1' } }).groupsKnown, true)
})

test('reads groups and roles from the claims that the settings name', () => {
  const identity = read(
    { 'https://example.com/groups': ['a'], realm_access: { roles: ['r'] } },
    { groupsClaim: 'https://example.com/groups', rolesClaim: 'realm_access.roles' },
  )
  assert.deepEqual([identity.groups, identity.roles], [['a'], ['r']])
})

test('a claim of the exact name comes before a path of that name', () => {
  const claims = { 'a.b': ['exact'], a: { b: ['path'] } }
  assert.deepEqual(read(claims, { groupsClaim: 'a.b' }).groups, ['exact'])
})

for (const name of ['constructor', '__proto__.constructor.name', 'constructor.name', 'toString']) {
  test(`a claim named ${name} is not found on the prototype`, () => {
    assert.deepEqual(read({}, { groupsClaim: name }).groups, [])
  })
}

test('an email that the provider calls unverified is left out', () => {
  const email = 'ada@example.com'
  assert.equal(read({ email, email_verified: false }).email, undefined)
  assert.equal(read({ email, email_verified: 'false' }).email, undefined)
  assert.equal(read({ email, email_verified: true }).email, email)
  assert.equal(read({ email }).email, email)
})

test('an email, name or client that could forge a line of text is left out', () => {
  const identity = read({ email: 'a\n@b', name: 'x\u202ey', client_id: 'c\u0000' })
  assert.deepEqual([identity.email, identity.name, identity.clientId], [undefined, undefined, undefined])
})

test('each type has its own claim for the client', () => {
  const claims = { client_id: 'generic', azp: 'azp', cid: 'okta', appid: 'appid' }
  assert.equal(read(claims).clientId, 'generic')
  assert.equal(read({ azp: 'azp' }).clientId, 'azp')
  assert.equal(read(claims, { type: 'okta' }).clientId, 'okta')
  assert.equal(read(claims, { type: 'entra' }).clientId, 'azp')
  assert.equal(read({ appid: 'appid' }, { type: 'entra' }).clientId, 'appid')
})

const subjects: readonly [string, unknown, string][] = [
  ['missing', undefined, 'subject_missing'],
  ['null', null, 'subject_malformed'],
  ['empty', '', 'subject_malformed'],
  ['a number', 1, 'subject_malformed'],
  ['256 characters', 's'.repeat(256), 'subject_malformed'],
  ['half a surrogate pair', 'a\ud800', 'subject_malformed'],
  ['text with a line separator', 'a\u2028b', 'subject_malformed'],
]

for (const [title, sub, problem] of subjects) {
  test(`refuses a subject that is ${title}`, () => {
    assert.deepEqual(claimsToIdentity({ sub }, settings), { ok: false, problem })
  })
}

test('takes a subject of 255 characters and of any script', () => {
  assert.equal(read({ sub: 's'.repeat(255) }).subject.length, 255)
  assert.equal(read({ sub: 'Ада 🐝' }).subject, 'Ада 🐝')
})
