import { signBytes } from '../identity-provider/testing/sign-token.ts'
import { accepted, type Forge, keys, refused, type TokenCase } from './corpus-fixture.corpus.ts'

/** Order of the P-256 group. */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

const segments = (token: string): [string, string, string] => {
  const [header = '', payload = '', signature = ''] = token.split('.')
  return [header, payload, signature]
}

/** The same bytes to a forgiving decoder: the last character carries bits that nobody reads. */
const withStrayBits = (token: string): string => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const last = alphabet.indexOf(token.at(-1) ?? '')
  return `${token.slice(0, -1)}${alphabet[last ^ 1]}`
}

const withSignature = (token: string, signature: Uint8Array): string =>
  [...segments(token).slice(0, 2), Buffer.from(signature).toString('base64url')].join('.')

const signatureOf = (token: string): Buffer => Buffer.from(segments(token)[2], 'base64url')

const scalar = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(64, '0'), 'hex')

const derSignature = (forge: Forge): string => {
  const token = forge.tokenBy(keys.ec(), 'ES256')
  const [r, s] = [signatureOf(token).subarray(0, 32), signatureOf(token).subarray(32)]
  const integer = (bytes: Buffer) => Buffer.concat([Buffer.from([2, 33, 0]), bytes])
  return withSignature(token, Buffer.concat([Buffer.from([0x30, 70]), integer(r), integer(s)]))
}

const shapeCases = (forge: Forge): readonly TokenCase[] => {
  const good = forge.token()
  const [header, payload, signature] = segments(good)
  const padded = forge.payload(JSON.stringify(forge.claims({ pad: '~~~???>>>' })))
  const notSent = { http: { status: [401], withoutError: true as const, authorization: [] } }
  return [
    refused('01', 'nothing at all', '', 'malformed', notSent),
    refused('02', 'one segment', header, 'malformed'),
    refused('03', 'two segments', `${header}.${payload}`, 'malformed'),
    refused('04', 'four segments', `${good}.${signature}`, 'malformed'),
    refused(
      '05',
      'five segments, an encrypted token',
      `${header}.${payload}.${signature}.${payload}.${signature}`,
      'malformed',
    ),
    refused('35', 'base64 padding', `${good}==`, 'encoding'),
    refused('36', 'the other base64 alphabet', padded.replaceAll('-', '+').replaceAll('_', '/'), 'encoding'),
    refused('37', 'a line feed at the end', `${good}\n`, 'encoding', { inProcessOnly: true }),
    refused('38', 'a blank inside', `${good.slice(0, 40)} ${good.slice(40)}`, 'encoding'),
    refused('39', 'stray bits in the last character', withStrayBits(good), 'encoding'),
    refused('90', 'one megabyte', forge.token({ pad: 'x'.repeat(1024 * 1024) }), 'too_long', {
      http: { status: [431] },
    }),
    refused('90b', 'longer than a token may be', forge.token({ pad: 'x'.repeat(9 * 1024) }), 'too_long'),
    accepted('00', 'a good token', good),
  ]
}

const signatureCases = (forge: Forge): readonly TokenCase[] => {
  const good = forge.token()
  const [header, payload, signature] = segments(good)
  const elliptic = forge.tokenBy(keys.ec(), 'ES256')
  const raw = signatureOf(elliptic)
  const s = BigInt(`0x${raw.subarray(32).toString('hex')}`)
  const flipped = signatureOf(good)
  flipped[17] = (flipped[17] ?? 0) ^ 1
  const otherPayload = segments(forge.token({ sub: 'person-2' }))[1]
  return [
    refused('29', 'an ECDSA signature in DER', derSignature(forge), 'signature'),
    refused('30', 'a signature of zeros', withSignature(good, new Uint8Array(256)), 'signature'),
    refused('30b', 'an ECDSA signature of zeros', withSignature(elliptic, new Uint8Array(64)), 'signature'),
    refused('31', 'one bit of the signature flipped', withSignature(good, flipped), 'signature'),
    refused(
      '32',
      'a truncated signature',
      withSignature(good, signatureOf(good).subarray(0, 255)),
      'signature',
    ),
    refused('33', 'no signature', `${header}.${payload}.`, 'malformed'),
    refused('34', "another token's payload", `${header}.${otherPayload}.${signature}`, 'signature'),
    refused(
      '108',
      'r is zero',
      withSignature(elliptic, Buffer.concat([Buffer.alloc(32), raw.subarray(32)])),
      'signature',
    ),
    refused(
      '108b',
      's is the order',
      withSignature(elliptic, Buffer.concat([raw.subarray(0, 32), scalar(ORDER)])),
      'signature',
    ),
    accepted(
      '109',
      'the twin signature with n − s',
      withSignature(elliptic, Buffer.concat([raw.subarray(0, 32), scalar(ORDER - s)])),
    ),
    accepted('109b', 'an ECDSA token', elliptic),
    accepted('109c', 'an RSA-PSS token under a key for it', forge.tokenBy(keys.otherAlgorithm(), 'PS256')),
  ]
}

const unsigned = (forge: Forge, alg: string, signature: string): string => {
  const text = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${text(forge.header({ alg }))}.${text(forge.claims())}.${signature}`
}

const httpCases = (forge: Forge): readonly TokenCase[] => {
  const good = forge.token()
  const http = (id: string, title: string, detail: NonNullable<TokenCase['http']>) =>
    accepted(id, title, good, { http: detail, httpOnly: true })
  return [
    http('94', 'the word Bearer is missing', { status: [401], authorization: [good] }),
    http('95', 'bearer in lower case', { status: [200], authorization: [`bearer ${good}`] }),
    http('96', 'two blanks after Bearer', { status: [401], authorization: [`Bearer  ${good}`] }),
    http('97', 'the token in the query', { status: [401], carriedIn: 'query', withoutError: true }),
    http('98', 'the token in a form', { status: [405], carriedIn: 'form' }),
    http('99', 'two Authorization headers', {
      status: [400],
      authorization: [`Bearer ${good}`, 'Bearer other'],
    }),
  ]
}

/** Shape, signature, and what only HTTP can get wrong. */
export const formCases = (forge: Forge): readonly TokenCase[] => {
  const old = signBytes('RS256', keys.rsa().privateKey, 'something else').toString('base64url')
  return [
    ...shapeCases(forge),
    refused('06', 'alg none without a signature', unsigned(forge, 'none', ''), 'malformed'),
    refused(
      '06b',
      'alg none with one character of signature',
      unsigned(forge, 'none', 'AA'),
      'algorithm_refused',
    ),
    refused('07', 'alg nOnE', unsigned(forge, 'nOnE', 'AA'), 'algorithm_refused'),
    refused('08', 'alg none with an old signature', unsigned(forge, 'none', old), 'algorithm_refused'),
    ...signatureCases(forge),
    ...httpCases(forge),
  ]
}
