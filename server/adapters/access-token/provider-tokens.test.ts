import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { IdentityProviderType } from '../../../domain/identity/identity.ts'
import type { TokenRequirements } from '../../../domain/identity/token-requirements.ts'
import type { KeySet } from '../../ports/key-set.ts'
import { signSegments } from '../identity-provider/testing/sign-token.ts'
import { testKey } from '../identity-provider/testing/test-keys.ts'
import { createVerificationKey } from '../identity-provider/verification-key.ts'
import { createTokenVerifier } from './create-token-verifier.ts'
import { type ProviderSample, providerSamples, TENANT } from './provider-tokens.corpus.ts'
import { requirementsOf } from './token-verifier.fixture.ts'

const NOW = 1_790_000_000
const key = testKey('rsa-1', 'rsa')
const made = createVerificationKey(key.jwk)
assert.ok(made.ok)
const keySet: Pick<KeySet, 'find'> = { find: () => ({ found: true, key: made.value }) }

type Over = Readonly<Record<string, unknown>>

const check = (
  sample: ProviderSample,
  claims: Over = {},
  header: Over = {},
  settings: Partial<TokenRequirements> = {},
) => {
  const times = { iat: NOW - 10, nbf: NOW - 10, exp: NOW + 3600 }
  const token = signSegments(
    JSON.stringify({ alg: 'RS256', kid: 'rsa-1', ...sample.header, ...header }),
    JSON.stringify({ ...sample.claims, ...times, ...claims }),
    'RS256',
    key.privateKey,
  )
  const requirements = requirementsOf(sample.settings.issuer, { ...sample.settings, ...settings })
  return createTokenVerifier(requirements, keySet).verify(token, NOW)
}

const reasonOf = (...given: Parameters<typeof check>): string => {
  const result = check(...given)
  return result.ok ? 'accepted' : result.problem.reason
}

for (const sample of Object.values(providerSamples)) {
  test(`reads who an access token of ${sample.name} speaks for`, () => {
    const result = check(sample)
    assert.ok(result.ok, result.ok ? '' : result.problem.reason)
    assert.deepEqual(result.value.identity, { issuer: sample.settings.issuer, ...sample.identity })
  })

  test(`refuses the ID token of ${sample.name} even with our audience and no required scope`, () => {
    const aud = sample.claims.aud
    const result = check(
      { ...sample, header: sample.idToken.header, claims: { ...sample.idToken.claims, aud } },
      {},
      {},
      { requiredScope: '' },
    )
    assert.equal(result.ok ? 'accepted' : result.problem.reason, 'not_an_access_token')
  })

  test(`refuses a token of ${sample.name} that lacks the scope`, () => {
    assert.equal(reasonOf(sample, { scope: undefined, scp: undefined }), 'scope_missing')
  })
}

const { entraV1, entraV2, okta, keycloak, auth0 } = providerSamples

test('115: refuses the right issuer with another tenant in tid', () => {
  assert.equal(reasonOf(entraV2, { tid: '00000000-0000-0000-0000-000000000000' }), 'tenant')
  assert.equal(reasonOf(entraV1, { tid: '00000000-0000-0000-0000-000000000000' }), 'tenant')
})

test('accepts an Entra token without tid, since the issuer names the tenant', () => {
  assert.equal(reasonOf(entraV2, { tid: undefined }), 'accepted')
})

test('refuses an Entra token of version 1 where version 2 is configured, and the other way round', () => {
  assert.equal(reasonOf(entraV2, { iss: entraV1.settings.issuer }), 'issuer')
  assert.equal(reasonOf(entraV1, { iss: entraV2.settings.issuer }), 'issuer')
})

test('refuses an Entra token that an application got for itself: its permissions are roles', () => {
  assert.equal(reasonOf(entraV2, { scp: undefined, roles: ['config.read'], idtyp: 'app' }), 'scope_missing')
})

test('an Entra token with too many groups says that they are unknown, and the URL in it is not read', () => {
  const overage = {
    groups: undefined,
    _claim_names: { groups: 'src1' },
    _claim_sources: { src1: { endpoint: `https://graph.windows.net/${TENANT}/users/1/getMemberObjects` } },
  }
  const result = check(entraV2, overage)
  assert.ok(result.ok)
  assert.deepEqual([result.value.identity.groups, result.value.identity.groupsKnown], [[], false])
})

test('Entra: the long form of a scope in the settings means the short form in the token', () => {
  assert.equal(reasonOf(entraV2, {}, {}, { requiredScope: 'api://6e74172b/config.read' }), 'accepted')
  assert.equal(
    reasonOf(entraV2, { scp: 'config.readwrite' }, {}, { requiredScope: 'api://6e74172b/config.read' }),
    'scope_missing',
  )
})

test('only Entra shortens scopes', () => {
  assert.equal(
    reasonOf(okta, { scp: ['config.read'] }, {}, { requiredScope: 'api://6e74172b/config.read' }),
    'scope_missing',
  )
})

const types: readonly [IdentityProviderType, unknown, string][] = [
  ['entra', 'JWT', 'accepted'],
  ['entra', 'jwt', 'accepted'],
  ['entra', undefined, 'type_refused'],
  ['entra', 'at+jwt', 'type_refused'],
  ['okta', undefined, 'accepted'],
  ['okta', 'JWT', 'accepted'],
  ['okta', 'application/at+jwt', 'accepted'],
  ['okta', 'logout+jwt', 'type_refused'],
  ['generic', undefined, 'accepted'],
  ['generic', 'JWT', 'accepted'],
  ['generic', 'at+jwt', 'accepted'],
  ['generic', 'application/JWT', 'accepted'],
  ['generic', 'dpop+jwt', 'type_refused'],
  ['generic', 'secevent+jwt', 'type_refused'],
  ['generic', '', 'type_refused'],
  ['generic', ['at+jwt'], 'type_refused'],
]

for (const [type, typ, expected] of types) {
  test(`${type}: typ ${JSON.stringify(typ) ?? 'left out'} is ${expected}`, () => {
    const sample = type === 'entra' ? entraV2 : type === 'okta' ? okta : keycloak
    assert.equal(reasonOf(sample, {}, { typ }), expected)
  })
}

test('where scp and scope are both there, each type reads its own', () => {
  const both = { scp: ['toolhive:config:read'], scope: 'openid' }
  assert.equal(reasonOf(okta, both), 'accepted')
  assert.equal(reasonOf(auth0, both), 'scope_missing')
})

test('takes one of several configured audiences', () => {
  assert.equal(reasonOf(auth0, {}, {}, { audiences: ['other', 'https://config.example.com'] }), 'accepted')
  assert.equal(reasonOf(auth0, {}, {}, { audiences: ['other'] }), 'audience')
})
