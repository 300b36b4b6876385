import assert from 'node:assert/strict'
import { test } from 'node:test'
import { limits } from '../limits.ts'
import { inspectUrl } from './inspect-url.ts'

const codeOf = (text: string): string => {
  const inspected = inspectUrl(text)
  return inspected.ok ? 'ok' : inspected.problem.code
}

for (const text of [
  'https://example.com',
  'HTTPS://Example.com/',
  'https://example.com:8443/a/b?c=d',
  'http://localhost:8080',
  'https://[2001:db8::1]:8080/',
  'https://xn--bcher-kva.example/',
  'https://example.com/%20a',
]) {
  test(`accepts ${text}`, () => assert.equal(codeOf(text), 'ok'))
}

const refused: readonly (readonly [string, string, string])[] = [
  ['an empty text', '', 'url_absolute'],
  ['a host without scheme', 'example.com', 'url_absolute'],
  ['a host and port without scheme', 'example.com:8080', 'url_absolute'],
  ['a space before the scheme', ' https://example.com', 'url_absolute'],
  ['data in place of a URL', 'data:text/html,x', 'url_scheme'],
  ['a scheme without slashes', 'https:example.com', 'url_host'],
  ['backslashes, which browsers read as slashes', 'https:\\\\example.com', 'url_host'],
  ['three slashes', 'https:///example.com', 'url_host'],
  ['a port alone', 'https://:8080', 'url_host'],
  ['a port that does not exist', 'https://example.com:99999', 'url_host'],
  ['an address with a part of 256', 'https://1.2.3.256', 'url_host'],
  ['a user name', 'https://user@example.com', 'url_userinfo'],
  ['a host that hides behind an @', 'https://example.com@evil.example', 'url_userinfo'],
  ['a fragment', 'https://example.com/#', 'url_fragment'],
  ['a space', 'https://example.com/a b', 'url_syntax'],
  ['a line break', 'https://example.com/\n', 'url_syntax'],
  ['a backslash in the host', 'https://example.com\\.evil.example', 'url_syntax'],
  ['a host that is not ASCII', 'https://bücher.example', 'url_syntax'],
  ['a loose percent sign', 'https://example.com/%zz', 'url_syntax'],
  ['brackets outside the host', 'https://example.com/[a]', 'url_syntax'],
]

for (const [title, text, code] of refused) {
  test(`refuses ${title} as ${code}`, () => assert.equal(codeOf(text), code))
}

test('accepts a URL of as many characters as allowed, and refuses one more', () => {
  const most = limits.url.characters
  const long = (length: number) => 'https://example.com/'.padEnd(length, 'a')
  assert.equal(codeOf(long(most)), 'ok')
  assert.equal(codeOf(long(most + 1)), 'max_length')
})

const privateHosts = [
  '10.0.0.1',
  '127.0.0.1',
  '127.255.255.254',
  '0.0.0.0',
  '100.64.0.1',
  '100.127.255.255',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.0.1',
  'localhost',
  'LOCALHOST',
  'localhost.',
  'a.localhost',
  '[::1]',
  '[::]',
  '[fc00::1]',
  '[fdff::1]',
  '[fe80::1]',
  '[febf::1]',
  '[::ffff:10.0.0.1]',
]
const publicHosts = [
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '169.253.0.1',
  '172.15.255.255',
  '172.32.0.0',
  '192.167.0.1',
  '1.1.1.1',
  'example.com',
  'localhost.example.com',
  '10.example.com',
  '[2001:db8::1]',
  '[fec0::1]',
  '[::ffff:1.1.1.1]',
]
/** The same address in other spellings, which stop a check that looks at the text alone. */
const disguised = ['0x7f.1', '2130706433', '0177.0.0.1', '127.1', '[0:0:0:0:0:0:0:1]', '[::ffff:7f00:1]']

const isPrivate = (host: string): boolean | undefined => {
  const inspected = inspectUrl(`https://${host}/`)
  return inspected.ok ? inspected.value.privateHost : undefined
}

for (const host of privateHosts) test(`takes ${host} for private`, () => assert.equal(isPrivate(host), true))
for (const host of publicHosts) test(`takes ${host} for public`, () => assert.equal(isPrivate(host), false))
for (const host of disguised) test(`sees that ${host} is private`, () => assert.equal(isPrivate(host), true))
