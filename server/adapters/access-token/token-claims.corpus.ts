import { createHash } from 'node:crypto'
import {
  accepted,
  type CorpusFixture,
  type Forge,
  type Members,
  refused,
  type TokenCase,
} from './corpus-fixture.corpus.ts'

type Claims = (claims: Members) => string

const payloadCases = (forge: Forge): readonly TokenCase[] => {
  const text = JSON.stringify(forge.claims())
  const bytes = Buffer.from(text)
  const invalidUtf8 = Buffer.concat([
    bytes.subarray(0, -1),
    Buffer.from(',"x":"'),
    Buffer.from([0xff, 0xfe]),
    Buffer.from('"}'),
  ])
  const deep = `${text.slice(0, -1)},"deep":${'['.repeat(4000)}${']'.repeat(4000)}}`
  return [
    refused('44', 'a payload that is not JSON', forge.payload('hello'), 'claims_malformed'),
    refused('45', 'a payload that is null', forge.payload('null'), 'claims_malformed'),
    refused('46', 'a payload that is an array', forge.payload('[]'), 'claims_malformed'),
    refused('47', 'a payload that is not UTF-8', forge.payload(invalidUtf8), 'claims_malformed'),
    accepted('48', 'exp twice, of which the last counts', forge.payload(`{"exp":1,${text.slice(1)}`)),
    { id: '91', title: 'a payload 4,000 levels deep', token: forge.payload(deep), expect: 'no_crash' },
    refused('93', 'NaN', forge.payload(text.replace(/"exp":\d+/, '"exp":NaN')), 'claims_malformed'),
    refused(
      '110',
      'a byte order mark',
      forge.payload(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes])),
      'claims_malformed',
    ),
    refused('111', 'text after the payload', forge.payload(`${text}}`), 'claims_malformed'),
  ]
}

const timeCases = (token: Claims, now: number): readonly TokenCase[] => [
  refused('49', 'no exp', token({ exp: undefined }), 'expiry_missing'),
  refused('50', 'exp an hour ago', token({ exp: now - 3600, iat: now - 7200 }), 'expired'),
  refused('51', 'exp is text', token({ exp: String(now + 3600) }), 'expiry_malformed'),
  refused('52', 'exp is 1e300', token({ exp: 1e300 }), 'lifetime_too_long'),
  refused('53', 'exp is null', token({ exp: null }), 'expiry_malformed'),
  refused('54', 'exp is negative', token({ exp: -1 }), 'expiry_malformed'),
  refused('55', 'exp in milliseconds', token({ exp: (now + 3600) * 1000 }), 'lifetime_too_long'),
  refused(
    '55b',
    'all times in milliseconds',
    token({ exp: (now + 3600) * 1000, iat: now * 1000 }),
    'issued_in_future',
  ),
  refused('56', 'nbf in an hour', token({ nbf: now + 3600 }), 'not_yet_valid'),
  refused('57', 'nbf is text', token({ nbf: String(now) }), 'not_before_malformed'),
  refused('58', 'iat in an hour', token({ iat: now + 3600, exp: now + 7200 }), 'issued_in_future'),
  refused('59', 'no iat', token({ iat: undefined }), 'issued_at_missing'),
  refused('59b', 'iat is text', token({ iat: String(now) }), 'issued_at_malformed'),
  refused('60', 'a life of ten years', token({ exp: now + 10 * 365 * 86_400 }), 'lifetime_too_long'),
  accepted('112', 'expired 30 seconds ago', token({ iat: now - 600, exp: now - 30 })),
  refused('113', 'expired two minutes ago', token({ iat: now - 600, exp: now - 120 }), 'expired'),
]

const audienceCases = (token: Claims, { provider, audiences }: CorpusFixture): readonly TokenCase[] => {
  const { issuer } = provider
  const [audience] = audiences
  const many = (count: number) => [...Array(count).keys()].map((item) => `a${item}`)
  return [
    refused('61', 'no iss', token({ iss: undefined }), 'issuer'),
    refused('62', 'iss with a trailing slash', token({ iss: `${issuer}/` }), 'issuer'),
    refused('63', 'iss in another case', token({ iss: issuer.toUpperCase() }), 'issuer'),
    refused('64', 'iss is an array', token({ iss: [issuer] }), 'issuer'),
    refused('65', "another tenant's iss", token({ iss: `${issuer}/other` }), 'issuer'),
    refused('66', 'no aud', token({ aud: undefined }), 'audience_missing'),
    refused('67', 'aud of another service', token({ aud: 'billing' }), 'audience'),
    refused('68', 'aud is empty', token({ aud: [] }), 'audience'),
    refused('69', 'aud begins like ours', token({ aud: `${audience}-test` }), 'audience'),
    refused('69b', 'ours begins like aud', token({ aud: audience.slice(0, -1) }), 'audience'),
    refused(
      '70',
      'aud as an api:// name that is not configured',
      token({ aud: `api://${audience}` }),
      'audience',
    ),
    refused('71', 'aud is an object', token({ aud: { [audience]: true } }), 'audience'),
    refused('71b', 'aud has a number beside ours', token({ aud: [audience, 1] }), 'audience'),
    refused('72', 'aud has 10,000 members', token({ aud: [...many(10_000), audience] }), 'too_long', {
      http: { status: [431] },
    }),
    refused('72b', 'aud has 1,001 members', token({ aud: [...many(1000), audience] }), 'audience'),
    accepted('72c', 'aud has 1,000 members', token({ aud: [...many(999), audience] })),
    refused(
      '114',
      'iss of Entra version 1',
      token({ iss: 'https://sts.windows.net/9188040d-6c67-4c5b-b112-36a304b66dad/' }),
      'issuer',
    ),
    refused('116', 'iss with a look-alike letter', token({ iss: issuer.replace('p', '\u0440') }), 'issuer'),
    refused('117', 'iss percent-encoded', token({ iss: issuer.replace('127', '%3127') }), 'issuer'),
  ]
}

const scopeCases = (token: Claims, { requiredScope: scope }: CorpusFixture): readonly TokenCase[] => [
  refused('73', 'no scope', token({ scope: undefined }), 'scope_missing'),
  refused('74', 'a scope that begins like ours', token({ scope: `${scope}write` }), 'scope_missing'),
  refused('75', 'our scope in another case', token({ scope: scope.toUpperCase() }), 'scope_missing'),
  refused('76', 'scope is an object', token({ scope: { [scope]: true } }), 'scope_malformed'),
  refused(
    '77',
    'our scope only among the roles',
    token({ scope: undefined, roles: [scope] }),
    'scope_missing',
  ),
  refused('78', 'scopes separated by a comma', token({ scope: `openid,${scope}` }), 'scope_missing'),
  refused('78b', 'scopes separated by a tab', token({ scope: `openid\t${scope}` }), 'scope_missing'),
  refused('79', 'scopes are numbers', token({ scope: [1, 2] }), 'scope_malformed'),
  refused('118', 'scope is empty', token({ scope: '' }), 'scope_missing'),
  accepted('119', 'blanks around our scope', token({ scope: `  ${scope} ` })),
  refused('120', 'scopes inside another array', token({ scope: [[scope]] }), 'scope_malformed'),
  accepted('120b', 'scopes as an array', token({ scope: ['openid', scope] })),
]

const subjectCases = (token: Claims): readonly TokenCase[] => [
  refused('80', 'no sub', token({ sub: undefined }), 'subject_missing'),
  refused('81', 'sub is a number', token({ sub: 7 }), 'subject_malformed'),
  refused('81b', 'sub is empty', token({ sub: '' }), 'subject_malformed'),
  refused('82', 'sub of 64 KB', token({ sub: 's'.repeat(64 * 1024) }), 'too_long', {
    http: { status: [431] },
  }),
  refused('82b', 'sub of 256 characters', token({ sub: 's'.repeat(256) }), 'subject_malformed'),
  accepted('82c', 'sub of 255 characters', token({ sub: 's'.repeat(255) })),
  refused('83', 'sub with NUL', token({ sub: 'root\u0000' }), 'subject_malformed'),
  refused('83b', 'sub with a bidi override', token({ sub: 'nimda\u202e' }), 'subject_malformed'),
  refused('83c', 'sub with a line feed', token({ sub: 'a\nlevel=error' }), 'subject_malformed'),
]

const kindCases = (forge: Forge): readonly TokenCase[] => {
  const typ = (value: unknown, claims: Members = {}) => forge.token(claims, { typ: value })
  const idToken = { scope: undefined, nonce: 'n-1', at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' }
  const envelope = JSON.stringify({
    schema_version: '1',
    config: {},
    etag: createHash('sha256').digest('hex'),
  })
  return [
    refused('84', 'an ID token', typ('JWT', { ...idToken, aud: 'hivewarden-clients' }), 'audience'),
    refused('85', 'an ID token for our audience', typ('JWT', idToken), 'not_an_access_token'),
    refused(
      '85b',
      'an ID token that carries our scope',
      typ('JWT', { ...idToken, scope: forge.claims().scope }),
      'not_an_access_token',
    ),
    refused('85c', "Keycloak's mark of an ID token", typ('JWT', { typ: 'ID' }), 'not_an_access_token'),
    refused(
      '85d',
      "Keycloak's mark of a refresh token",
      typ('JWT', { typ: 'Refresh' }),
      'not_an_access_token',
    ),
    refused('86', 'a logout token', typ('logout+jwt'), 'type_refused'),
    refused('86b', 'the events of a logout token', typ('JWT', { events: {} }), 'not_an_access_token'),
    refused('87', 'a DPoP proof', typ('dpop+jwt'), 'type_refused'),
    refused('87b', 'typ is a number', typ(1), 'type_refused'),
    refused(
      '88',
      'an envelope',
      forge.signed(JSON.stringify(forge.header({ typ: 'toolhive-config+jws' })), envelope),
      'type_refused',
    ),
    refused(
      '88b',
      'an envelope that says JWT',
      forge.signed(JSON.stringify(forge.header({ typ: 'JWT' })), envelope),
      'issuer',
    ),
    refused('92', 'a token bound to a key', forge.token({ cnf: { jkt: 'AAAA' } }), 'sender_constrained'),
    accepted('121', 'typ AT+JWT', typ('AT+JWT')),
    accepted('122', 'typ application/at+jwt', typ('application/at+jwt')),
    accepted('122b', 'typ JWT', typ('JWT')),
    accepted('122c', 'no typ', typ(undefined)),
  ]
}

/** Payload, time, issuer, audience, scope, subject and kind. */
export const claimCases = (forge: Forge, fixture: CorpusFixture): readonly TokenCase[] => {
  const token: Claims = (claims) => forge.token(claims)
  return [
    ...payloadCases(forge),
    ...timeCases(token, forge.seconds),
    ...audienceCases(token, fixture),
    ...scopeCases(token, fixture),
    ...subjectCases(token),
    ...kindCases(forge),
  ]
}
