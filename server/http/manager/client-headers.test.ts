import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readClientHeaders } from './client-headers.ts'

const headers = (type: string, version: string, more: Readonly<Record<string, string>> = {}) => ({
  'x-client-type': type,
  'x-client-version': version,
  ...more,
})

const instance = '6F9619FF-8B86-4011-B42D-00C04FC964FF'

test('the same type and version read the same the second time', () => {
  const first = readClientHeaders(headers('toolhive-cli', '1.4.2'))
  const second = readClientHeaders(headers('toolhive-cli', '1.4.2'))
  assert.deepEqual(first, { ok: true, value: { clientType: 'toolhive-cli', clientVersion: '1.4.2' } })
  assert.deepEqual(second, first)
})

test('one version under two types stays two clients', () => {
  for (const type of ['toolhive-desktop', 'toolhive-cli', 'toolhive-desktop']) {
    const read = readClientHeaders(headers(type, '2.0.0'))
    assert.ok(read.ok)
    assert.equal(read.value.clientType, type)
  }
})

test('a version that is good for one client type makes no unknown type good', () => {
  readClientHeaders(headers('toolhive-cli', '3.0.0'))
  const read = readClientHeaders(headers('toolhive-tv', '3.0.0'))
  assert.ok(!read.ok)
  assert.match(read.problem, /^X-Client-Type must be one of toolhive-desktop,/)
})

test('what else a known client says of itself is checked each time', () => {
  const good = readClientHeaders(headers('hivewarden-agent', '1.0.0', { 'x-client-instance': instance }))
  const bad = readClientHeaders(headers('hivewarden-agent', '1.0.0', { 'x-client-instance': 'mine' }))
  assert.ok(good.ok && !bad.ok)
  assert.equal(good.value.instance, instance.toLowerCase())
  assert.equal(bad.problem, 'X-Client-Instance must be a UUID.')
})

test('what one client said of itself is not said of the next', () => {
  const more = { 'x-client-instance': instance, 'x-applied-serial': '7', 'x-client-state': 'grace' }
  readClientHeaders(headers('hivewarden-agent', '1.1.0', more))
  assert.deepEqual(readClientHeaders(headers('hivewarden-agent', '1.1.0')), {
    ok: true,
    value: { clientType: 'hivewarden-agent', clientVersion: '1.1.0' },
  })
})

test('a flood of made-up versions changes nothing for those that are real', () => {
  readClientHeaders(headers('toolhive-cli', '4.0.0'))
  for (let patch = 0; patch < 2000; patch += 1) readClientHeaders(headers('toolhive-cli', `9.9.${patch}`))
  const read = readClientHeaders(headers('toolhive-cli', '4.0.0'))
  assert.ok(read.ok)
  assert.equal(read.value.clientVersion, '4.0.0')
})
