import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkClaims } from './check-claims.ts'
import type { TokenRequirements } from './token-requirements.ts'

const NOW = 1_790_000_000

const requirements: TokenRequirements = {
  type: 'generic',
  issuer: 'https://idp.example.com',
  audiences: ['enterprise-manager'],
  requiredScope: '',
  groupsClaim: 'groups',
  rolesClaim: 'roles',
}

const check = (
  claims: Readonly<Record<string, unknown>>,
  typed = true,
  over: Partial<TokenRequirements> = {},
) => {
  const good = { iss: requirements.issuer, aud: 'enterprise-manager', iat: NOW - 100, exp: NOW + 100 }
  return checkClaims({ ...good, ...claims }, typed, { ...requirements, ...over }, NOW) ?? 'good'
}

const boundaries: readonly [string, Readonly<Record<string, unknown>>, string][] = [
  ['expired 59 seconds ago', { exp: NOW - 59 }, 'good'],
  ['expired 60 seconds ago', { exp: NOW - 60 }, 'expired'],
  ['expired 61 seconds ago', { exp: NOW - 61 }, 'expired'],
  ['issued 60 seconds ahead', { iat: NOW + 60 }, 'good'],
  ['issued 61 seconds ahead', { iat: NOW + 61 }, 'issued_in_future'],
  ['good from 60 seconds ahead', { nbf: NOW + 60 }, 'good'],
  ['good from 61 seconds ahead', { nbf: NOW + 61 }, 'not_yet_valid'],
  ['good for a day', { iat: NOW, exp: NOW + 86_400 }, 'good'],
  ['good for a day and a second', { iat: NOW, exp: NOW + 86_401 }, 'lifetime_too_long'],
  ['with fractions of seconds', { iat: NOW - 0.5, exp: NOW + 0.5 }, 'good'],
  ['with infinite exp', { exp: Number.POSITIVE_INFINITY }, 'expiry_malformed'],
  ['for 1,000 audiences', { aud: [...Array(999).fill('a'), 'enterprise-manager'] }, 'good'],
  ['for 1,001 audiences', { aud: [...Array(1000).fill('a'), 'enterprise-manager'] }, 'audience'],
]

for (const [title, claims, expected] of boundaries) {
  test(`a token ${title} is ${expected}`, () => assert.equal(check(claims), expected))
}

const kinds: readonly [string, Readonly<Record<string, unknown>>, boolean, string][] = [
  ['typed at+jwt with nothing else', {}, true, 'good'],
  ['typed at+jwt with a nonce', { nonce: 'n' }, true, 'not_an_access_token'],
  ['typed JWT with nothing else', {}, false, 'not_an_access_token'],
  ['typed JWT with a scope', { scope: 'openid' }, false, 'good'],
  ['typed JWT with a client_id', { client_id: 'a' }, false, 'good'],
  ['typed JWT with azp, which ID tokens have too', { azp: 'a' }, false, 'not_an_access_token'],
  ['typed JWT with at_hash', { scope: 'openid', at_hash: 'a' }, false, 'not_an_access_token'],
  ['typed JWT with c_hash', { scope: 'openid', c_hash: 'a' }, false, 'not_an_access_token'],
  ['whose token_use is id', { scope: 'openid', token_use: 'id' }, false, 'not_an_access_token'],
  ['whose token_use is access', { scope: 'openid', token_use: 'access' }, false, 'good'],
  ['marked Bearer by Keycloak', { scope: 'openid', typ: 'Bearer' }, false, 'good'],
  ['marked Refresh by Keycloak', { scope: 'openid', typ: 'Refresh' }, false, 'not_an_access_token'],
  ['bound to a key', { cnf: {} }, true, 'sender_constrained'],
]

for (const [title, claims, typed, expected] of kinds) {
  test(`with the scope check off, a token ${title} is ${expected}`, () =>
    assert.equal(check(claims, typed), expected))
}

test('with a required scope, a token typed JWT is left to the scope check', () => {
  assert.equal(check({}, false, { requiredScope: 'a' }), 'good')
})
