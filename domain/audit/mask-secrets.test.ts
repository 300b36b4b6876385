import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { JsonValue } from './event.ts'
import { maskSecrets, maskText, maskWithin } from './mask-secrets.ts'

const githubToken = `ghp_${'aB3dE5gH7jK9'.repeat(3)}`

const secrets: Readonly<Record<string, readonly [member: string, secret: string]>> = {
  'a GitHub token under a harmless name': ['NOTE', githubToken],
  'an AWS access key': ['REGION', 'AKIAIOSFODNN7EXAMPLE'],
  'a short password': ['DB_PASSWORD', 'hunter2'],
  'a password of words': ['ADMIN_PASSWD', 'correct horse'],
  'a token of digits': ['NPM_TOKEN', '1234'],
  'a key': ['API_KEY', 'abc'],
  'a header that carries credentials': ['x-api-key', 'abc'],
  'a password inside a URL': ['HTTPS_PROXY', 'http://ada:pw@proxy.example.com:3128'],
  'a user name inside a URL': ['HTTPS_PROXY', 'http://s3cr3t@proxy.example.com:3128'],
  'a private key': ['PEM', '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE\n-----END EC PRIVATE KEY-----'],
}
for (const [title, [member, secret]] of Object.entries(secrets)) {
  test(`does not keep ${title}`, () => {
    const masked = JSON.stringify(maskSecrets({ build_env: { value: { [member]: secret } } }))
    const confidential = secret.includes('@')
      ? secret.slice(secret.indexOf('//') + 2, secret.indexOf('@'))
      : secret
    assert.equal(masked.includes(confidential), false, masked)
    assert.equal(masked.includes(member), true, masked)
  })
}

test('says what kind of secret there was and how long it was', () => {
  assert.deepEqual(maskSecrets({ NOTE: githubToken, DB_PASSWORD: 'hunter2' }), {
    NOTE: `a GitHub token of ${githubToken.length} characters, not shown`,
    DB_PASSWORD: 'a secret of 7 characters, not shown',
  })
})

test('masks a secret that stands as the name of a member, and keeps both of two such members', () => {
  const masked = maskSecrets({ [githubToken]: 1, [`${githubToken.slice(0, -1)}x`]: 2 })
  assert.equal(JSON.stringify(masked).includes('ghp_'), false)
  assert.equal(Object.keys(masked as object).length, 2)
})

test('masks the items of a list by the name of the list', () => {
  assert.deepEqual(maskSecrets({ api_key: ['abc'] }), { api_key: ['a secret of 3 characters, not shown'] })
})

test('keeps what is no secret', () => {
  const value: JsonValue = {
    registry: { value: { api_url: 'https://registry.example.com/' }, enforcement: 'enforced' },
    flags: [true, false, null, 1.5],
    HTTPS_PROXY: 'http://proxy.example.com:3128',
    directive: 'non_registry_servers',
  }
  assert.deepEqual(maskSecrets(value), value)
})

test('shortens what is long and says how long it was', () => {
  const masked = maskText('lorem ipsum '.repeat(100))
  assert.equal(masked.length < 600, true)
  assert.match(masked, /… \(1200 characters\)$/)
})

test('writes out what a terminal would obey', () => {
  assert.equal(maskText('a\u001b[2Jb\u202ec'), 'a\\u{1b}[2Jb\\u{202e}c')
})

test('masks in a sentence what is a secret by its name only', () => {
  assert.equal(
    maskWithin('Build environment: DB_PASSWORD "hunter2" → "hunter3"', { DB_PASSWORD: 'hunter2' }, [
      { DB_PASSWORD: 'hunter3' },
    ]),
    'Build environment: DB_PASSWORD a secret of 7 characters, not shown → a secret of 7 characters, not shown',
  )
})

test('masking what is masked changes nothing more', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), fc.constantFrom('NOTE', 'DB_PASSWORD', 'url'), (text, name) => {
      const once = maskSecrets({ [name]: text })
      if (name !== 'DB_PASSWORD') assert.deepEqual(maskSecrets(once), once)
      else
        assert.equal(
          text.length < 4 || !JSON.stringify(once).includes(JSON.stringify(text).slice(1, -1)),
          true,
        )
    }),
  )
})
