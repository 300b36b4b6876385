import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describeFound } from './describe-found.ts'
import { detectSecret } from './detect-secret.ts'

// Put together here, so that a scanner of repositories does not take the samples for secrets.
const secrets: readonly (readonly [kind: string, text: string, name?: string])[] = [
  ['an AWS access key', `AKIA${'IOSFODNN7EXAMPLE'}`],
  ['an AWS access key', `ASIA${'IOSFODNN7EXAMPLE'}`],
  ['a GitHub token', `ghp_${'a1B2c3D4'.repeat(5)}`],
  ['a GitHub token', `ghs_${'a1B2c3D4'.repeat(5)}`],
  ['a GitHub token', `github_pat_${'a1B2c3D4'.repeat(5)}`],
  ['a GitLab token', `glpat-${'a1B2c3D4'.repeat(3)}`],
  ['a Google key', `AIza${'SyA1b2C3d4'.repeat(4)}`],
  ['a Google key', `ya29.${'a0AfH6SM'.repeat(4)}`],
  ['a Google key', `GOCSPX-${'a1B2c3D4'.repeat(3)}`],
  ['a Slack token', `xoxb-${'1234567890-abcdef'}`],
  ['a Slack token', `https://hooks.slack.com/services/${'T0000/B0000/abc'}`],
  ['an npm token', `npm_${'a1B2c3D4'.repeat(5)}`],
  ['a payment or model provider key', `sk_live_${'a1B2c3D4'.repeat(3)}`],
  ['a payment or model provider key', `sk-proj-${'a1B2c3D4'.repeat(3)}`],
  ['a private key', '-----BEGIN PRIVATE KEY-----'],
  ['a private key', '-----BEGIN RSA PRIVATE KEY-----'],
  ['a private key', '-----BEGIN OPENSSH PRIVATE KEY-----'],
  ['a private key', '-----BEGIN ENCRYPTED PRIVATE KEY-----'],
  ['a JSON Web Token', `Bearer ${'eyJhbGciOiJSUzI1NiJ9'}.${'eyJzdWIiOiIxIn0'}.c2ln`],
  ['a password inside a URL', 'http://user:pass@proxy.example.com:3128'],
  ['a password inside a URL', 'postgres://app:s3cret@db.example.com/app'],
  ['a secret', 'q8Zr2LwX0vTn5Kd7', 'NPM_TOKEN'],
  ['a secret', 'q8Zr2LwX0vTn5Kd7', 'CLIENT_SECRET'],
  ['a secret', 'q8Zr2LwX0vTn5Kd7', 'DB_PASSWORD'],
  ['a secret', 'q8Zr2LwX0vTn5Kd7', 'SIGNING_KEY'],
  ['a secret', '0123456789abcdef', 'API_KEY_PRODUCTION'],
  ['a secret', 'q8Zr2LwX0vTn5Kd7', 'x-ingest-key'],
]

for (const [index, [kind, text, name]] of secrets.entries()) {
  test(`takes sample ${index + 1} for ${kind}${name === undefined ? '' : ` because it is called ${name}`}`, () => {
    assert.equal(detectSecret(text, name), kind)
  })

  test(`does not repeat sample ${index + 1}, ${kind}, in a problem`, () => {
    const found = describeFound(text, name)
    assert.equal(found.includes(text), false)
    assert.match(found, /not shown$/)
  })
}

for (const [text, name] of [
  ['https://proxy.example.com:3128', 'HTTPS_PROXY'],
  ['http://[::1]:3128', 'HTTP_PROXY'],
  ['https://npm.example.com/@scope:foo', 'NPM_CONFIG_REGISTRY'],
  ['/etc/ssl/private/app.key', 'TLS_KEY'],
  ['https://vault.example.com/v1/secret', 'VAULT_SECRET'],
  ['changeme', 'DB_PASSWORD'],
  ['aaaaaaaaaaaaaaaaaaaa', 'DB_PASSWORD'],
  ['q8Zr2LwX0vTn5Kd7', 'BUILD_ID'],
  ['q8Zr2LwX0vTn5Kd7', 'MONKEY'],
  ['task-management-service-production', 'SERVICE'],
  ['disk-management-service-production', 'SERVICE'],
  ['production', 'ENVIRONMENT'],
] as const) {
  test(`takes ${text} under the name ${name} for no secret`, () => {
    assert.equal(detectSecret(text, name), undefined)
  })
}

for (const part of ['://a', '://a:', 'eyJa', '-----BEGIN ', 'gh_', 'xox-', 'sk_live']) {
  test(`answers a text of 13,000 times ${part}, which begins a secret and never ends one`, () => {
    assert.equal(detectSecret(part.repeat(13_000)), undefined)
  })
}
