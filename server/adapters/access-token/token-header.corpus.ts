import { createHmac } from 'node:crypto'
import { signWithSecret } from '../identity-provider/testing/sign-token.ts'
import { accepted, type Forge, keys, refused, type TokenCase } from './corpus-fixture.corpus.ts'

const algorithmCases = (forge: Forge): readonly TokenCase[] => {
  const header = JSON.stringify(forge.header({ alg: 'HS256' }))
  const payload = JSON.stringify(forge.claims())
  const pem = keys.rsa().publicKey.export({ type: 'spki', format: 'pem' })
  const modulus = Buffer.from(String(keys.rsa().jwk.n), 'base64url')
  return [
    refused(
      '09',
      'HS256 with the public key as the secret',
      signWithSecret(header, payload, pem),
      'algorithm_refused',
    ),
    refused(
      '10',
      'HS256 with the modulus as the secret',
      signWithSecret(header, payload, modulus),
      'algorithm_refused',
    ),
    refused('11', 'RS512', forge.tokenBy(keys.rsa(), 'RS512'), 'algorithm_refused'),
    refused('12', 'PS256 with a key for RS256', forge.tokenBy(keys.rsa(), 'PS256'), 'key_algorithm'),
    refused('100', 'ES384', forge.tokenBy(keys.p384(), 'ES384'), 'algorithm_refused'),
    refused('100b', 'ES256K', forge.tokenBy(keys.secp256k1(), 'ES256K'), 'algorithm_refused'),
    refused('100c', 'EdDSA', forge.tokenBy(keys.ed25519(), 'EdDSA'), 'algorithm_refused'),
    refused(
      '100d',
      'ES256 named for a key of another curve',
      forge.token({}, { alg: 'ES256', kid: 'p384-1' }),
      'key_unusable',
    ),
    refused('101', 'alg is a number', forge.token({}, { alg: 256 }), 'algorithm_refused'),
    refused('101b', 'alg is null', forge.token({}, { alg: null }), 'algorithm_refused'),
    refused('101c', 'alg is an array', forge.token({}, { alg: ['RS256'] }), 'algorithm_refused'),
    refused('102', 'alg is missing', forge.token({}, { alg: undefined }), 'algorithm_refused'),
  ]
}

const keyCases = (forge: Forge): readonly TokenCase[] => {
  const attacker = keys.attacker()
  const by = (header: Record<string, unknown>) =>
    forge.tokenBy(attacker, 'RS256', { kid: 'rsa-1', ...header })
  const kid = (value: unknown) => forge.token({}, { kid: value })
  const certificate = attacker.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
  const ours = createHmac('sha256', 'thumbprint').update('ours').digest('base64url')
  return [
    refused('13', 'another key under a known kid', by({}), 'signature'),
    refused('14', 'an unknown kid', kid('rsa-2'), 'key_unknown'),
    refused('15', 'no kid, with several keys to choose from', kid(undefined), 'kid_missing'),
    refused('16', 'kid is a number', kid(1), 'kid_malformed'),
    refused('17', 'kid is a path', kid('../../dev/null'), 'key_unknown'),
    refused('18', 'kid is SQL', kid("'OR'1'='1"), 'key_unknown'),
    refused('18b', 'kid is SQL with blanks', kid("' OR 1=1 --"), 'kid_malformed'),
    refused('19', 'kid of 100 KB', kid('k'.repeat(100 * 1024)), 'too_long', { http: { status: [431] } }),
    refused('19b', 'kid of 257 characters', kid('k'.repeat(257)), 'kid_malformed'),
    refused('19c', 'kid of 256 characters', kid('k'.repeat(256)), 'key_unknown'),
    refused(
      '20',
      'kid with line feeds and terminal codes',
      kid('a\r\nlevel=error\u001b[31m'),
      'kid_malformed',
    ),
    refused('20b', 'an empty kid', kid(''), 'kid_malformed'),
    refused('21', 'a key inside the header', by({ jwk: attacker.jwk }), 'embedded_key'),
    refused('22', 'jku', by({ jku: `${forge.claims().iss}/attacker-keys` }), 'embedded_key'),
    refused('23', 'x5u', by({ x5u: `${forge.claims().iss}/attacker-certificate` }), 'embedded_key'),
    refused('24', "x5c with the attacker's certificate", by({ x5c: [certificate] }), 'signature'),
    accepted('24b', 'x5c beside a good signature', forge.token({}, { x5c: [certificate], x5t: 'AAAA' })),
    refused('89', 'an RSA key of 1024 bits', forge.tokenBy(keys.weak(), 'RS256'), 'key_unusable'),
    refused('103', 'kid __proto__', kid('__proto__'), 'key_unknown'),
    refused('103b', 'kid constructor', kid('constructor'), 'key_unknown'),
    refused('104', 'kid of a key that signs envelopes', kid(ours), 'key_unknown'),
    refused('105', 'a key for encryption', forge.tokenBy(keys.encryption(), 'RS256'), 'key_unusable'),
    refused(
      '106',
      'RS256 with a key published for PS256',
      forge.tokenBy(keys.otherAlgorithm(), 'RS256'),
      'key_algorithm',
    ),
  ]
}

const memberCases = (forge: Forge): readonly TokenCase[] => {
  const text = JSON.stringify(forge.header())
  const around = (member: string) => forge.headerText(`{${member},${text.slice(1)}`)
  return [
    refused(
      '25',
      'an unknown critical extension',
      forge.token({}, { crit: ['exp'], exp: 1 }),
      'critical_refused',
    ),
    refused('26', 'an empty crit', forge.token({}, { crit: [] }), 'critical_refused'),
    refused('27', 'an unencoded payload', forge.token({}, { b64: false, crit: ['b64'] }), 'critical_refused'),
    refused('27b', 'an unencoded payload without crit', forge.token({}, { b64: false }), 'critical_refused'),
    accepted('28', 'zip, which means nothing in a signed token', forge.token({}, { zip: 'DEF' })),
    refused('40', 'a header that is not JSON', forge.headerText('alg=RS256'), 'header_malformed'),
    refused('41', 'a header that is an array', forge.headerText('["RS256"]'), 'header_malformed'),
    refused(
      '41b',
      'a header of more than 4 KiB',
      forge.token({}, { pad: 'x'.repeat(4100) }),
      'header_malformed',
    ),
    accepted('42', 'alg twice, of which the last counts', around('"alg":"none"')),
    accepted('43', '__proto__ in the header', around('"__proto__":{"admin":true}')),
    {
      id: '107',
      title: 'a header 5,000 levels deep',
      token: around(`"deep":${'['.repeat(5000)}${']'.repeat(5000)}`),
      expect: 'invalid_token',
    },
    {
      id: '107b',
      title: 'a header 1,500 levels deep',
      token: around(`"deep":${'['.repeat(1500)}${']'.repeat(1500)}`),
      expect: 'no_crash',
    },
  ]
}

/** Algorithms, keys and the other members of the header. */
export const headerCases = (forge: Forge): readonly TokenCase[] => [
  ...algorithmCases(forge),
  ...keyCases(forge),
  ...memberCases(forge),
]
