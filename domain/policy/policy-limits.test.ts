import assert from 'node:assert/strict'
import { test } from 'node:test'
import { limits } from '../limits.ts'
import { checkEnterpriseConfig } from './read-enterprise-config.ts'
import { corpusContext, corpusPem, corpusTime } from './testing/corpus-document.ts'

const found = (config: unknown): readonly string[] => {
  const reading = checkEnterpriseConfig(config, corpusContext)
  return (reading.ok ? reading.warnings : reading.problems).map(({ path, code }) => `${path} ${code}`)
}

const outage = (rest: object) => ({ degraded_mode: { policy: 'warn', ...rest } })
const variable = (value: string) => ({ build_env: { value: { A: value }, enforcement: 'default' } })
const certificate = (pem: string) => ({ ca_certificate: { value: { pem }, enforcement: 'default' } })

for (const [title, least, over, problem] of [
  [
    'a message',
    outage({ message: 'm'.repeat(limits.message.characters) }),
    outage({ message: 'm'.repeat(limits.message.characters + 1) }),
    '/degraded_mode/message max_length',
  ],
  [
    'a message of characters outside the basic plane',
    outage({ message: '🐝'.repeat(limits.message.characters) }),
    outage({ message: '🐝'.repeat(limits.message.characters + 1) }),
    '/degraded_mode/message max_length',
  ],
  [
    'a grace period',
    outage({ grace_period: `${limits.gracePeriod.seconds}s` }),
    outage({ grace_period: `${limits.gracePeriod.seconds}s1ns` }),
    '/degraded_mode/grace_period max',
  ],
  [
    'a variable',
    variable('v'.repeat(limits.envValue.characters)),
    variable('v'.repeat(limits.envValue.characters + 1)),
    '/build_env/value/A max_length',
  ],
  [
    'a variable name',
    { build_env: { value: { ['A'.repeat(256)]: 'v' }, enforcement: 'default' } },
    { build_env: { value: { ['A'.repeat(257)]: 'v' }, enforcement: 'default' } },
    `/build_env/value/${'A'.repeat(257)} max_length`,
  ],
  [
    'certificates',
    certificate(corpusPem({}).padEnd(limits.pem.bytes)),
    certificate(corpusPem({}).padEnd(limits.pem.bytes + 1)),
    '/ca_certificate/value/pem max_length',
  ],
] as const) {
  test(`accepts ${title} as long as allowed, and refuses one more`, () => {
    assert.deepEqual(found(least), [])
    assert.deepEqual(found(over), [problem])
  })
}

test('accepts a hundred certificates, and refuses one more', () => {
  assert.deepEqual(found(certificate(corpusPem({}).repeat(100))), [])
  assert.deepEqual(found(certificate(corpusPem({}).repeat(101))), ['/ca_certificate/value/pem max_items'])
})

test('a certificate is expired one second after its end, and not at it', () => {
  assert.deepEqual(found(certificate(corpusPem({ notAfter: corpusTime }))), [
    '/ca_certificate/value/pem expires_soon',
  ])
  assert.deepEqual(found(certificate(corpusPem({ notAfter: corpusTime - 1 }))), [
    '/ca_certificate/value/pem expired',
  ])
})

test('a certificate whose time has not come is a warning', () => {
  assert.deepEqual(found(certificate(corpusPem({ notBefore: corpusTime }))), [])
  assert.deepEqual(found(certificate(corpusPem({ notBefore: corpusTime + 1 }))), [
    '/ca_certificate/value/pem not_yet_valid',
  ])
})
