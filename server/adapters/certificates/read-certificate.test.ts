import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkEnterpriseConfig } from '../../../domain/policy/read-enterprise-config.ts'
import { leafPem, oldRootPem, rootPem } from './certificates.corpus.ts'
import { readCertificate } from './read-certificate.ts'

test('reads who a certificate is for, whether it is a CA, and from when to when it holds', () => {
  assert.deepEqual(readCertificate(rootPem), {
    subject: 'C=DE, O=Example, CN=Example Root',
    ca: true,
    notBefore: Date.UTC(2026, 0, 1) / 1000,
    notAfter: Date.UTC(2125, 11, 31, 23, 59, 59) / 1000,
  })
})

test('sees that a certificate is no CA', () => {
  assert.equal(readCertificate(leafPem)?.ca, false)
})

for (const [title, text] of [
  ['an empty text', ''],
  ['base64 that is no certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'],
  ['a text that is not base64', '-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----'],
  ['a certificate cut short', `${rootPem.slice(0, 200)}\n-----END CERTIFICATE-----`],
  ['another kind of block', rootPem.replaceAll('CERTIFICATE', 'PUBLIC KEY')],
] as const) {
  test(`reads nothing from ${title}`, () => assert.equal(readCertificate(text), undefined))
}

const problems = (pem: string, now: number): readonly string[] => {
  const config = { ca_certificate: { value: { pem }, enforcement: 'enforced' } }
  const reading = checkEnterpriseConfig(config, { now, readCertificate })
  return (reading.ok ? reading.warnings : reading.problems).map(({ code, message }) => `${code}: ${message}`)
}

const in2027 = Date.UTC(2027, 0, 1) / 1000

test('a policy with real certificates is accepted', () => {
  assert.deepEqual(problems(`# the root\n${rootPem}${rootPem.replaceAll('\n', '\r\n')}`, in2027), [])
})

test('a policy names the certificate that is no CA and the one that has expired', () => {
  assert.deepEqual(problems(rootPem + leafPem + oldRootPem, in2027), [
    'not_ca: Replace certificate 2 (CN=leaf.example.com) by the certificate of its authority: it is no CA.',
    'expired: Replace certificate 3 (CN=Old Root): it has expired.',
  ])
})

test('a policy says in how many days a certificate expires', () => {
  const tenDaysBefore = Date.UTC(2125, 11, 21, 23, 59, 59) / 1000
  assert.deepEqual(problems(rootPem, tenDaysBefore), [
    'expires_soon: Replace certificate 1 (C=DE, O=Example, CN=Example Root) soon: it expires in 10 days.',
  ])
})
