import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allowedUrl } from './allowed-url.ts'

const good = [
  'https://idp.example.com/.well-known/openid-configuration',
  'https://10.0.0.1:8443/x',
  'http://localhost:8080/idp',
  'http://127.0.0.1/x',
  'http://127.8.9.10/x',
  'http://[::1]:9000/x',
  'HTTP://LOCALHOST/x',
]

const bad: readonly [string, string][] = [
  ['http://idp.example.com/', 'http outside loopback'],
  ['http://127.0.0.1.example.com/', 'http outside loopback'],
  ['http://localhost.example.com/', 'http outside loopback'],
  ['http://0.0.0.0/', 'http outside loopback'],
  ['http://[::]/', 'http outside loopback'],
  ['http://169.254.169.254/latest/meta-data', 'http outside loopback'],
  ['file:///etc/passwd', 'neither https nor http'],
  ['data:application/json,{}', 'neither https nor http'],
  ['ftp://idp.example.com/', 'neither https nor http'],
  ['https://name:secret@idp.example.com/', 'carries credentials'],
  ['https://name@idp.example.com/', 'carries credentials'],
  ['//idp.example.com/', 'not an absolute URL'],
  ['/jwks', 'not an absolute URL'],
  ['', 'not an absolute URL'],
]

for (const url of good) test(`allows ${url}`, () => assert.equal(allowedUrl(url).ok, true))

for (const [url, why] of bad) {
  test(`refuses ${url === '' ? 'nothing' : url}: ${why}`, () =>
    assert.deepEqual(allowedUrl(url), { ok: false, problem: why }))
}
