import assert from 'node:assert/strict'
import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { describe, test } from 'node:test'
import { createClientAddress } from './client-address.ts'

function from(remoteAddress: string | undefined, forwarded?: string): IncomingMessage {
  const socket = new Socket()
  Object.defineProperty(socket, 'remoteAddress', { value: remoteAddress })
  const request = new IncomingMessage(socket)
  if (forwarded !== undefined) request.headers['x-forwarded-for'] = forwarded
  return request
}

const PROXIES = ['10.0.0.0/8', '192.0.2.7', 'fd00::/8']

describe('without trusted proxies the address is that of the connection', () => {
  const addressOf = createClientAddress([])
  for (const [title, remote, forwarded, address] of [
    ['as it is', '203.0.113.7', undefined, '203.0.113.7'],
    ['whatever a header says', '203.0.113.7', '1.2.3.4', '203.0.113.7'],
    ['an IPv4 address on a dual-stack socket', '::ffff:203.0.113.7', undefined, '203.0.113.7'],
    ['IPv6', '2001:db8::1', undefined, '2001:db8::1'],
    ['none when the connection is gone', undefined, undefined, ''],
  ] as const) {
    test(title, () => assert.equal(addressOf(from(remote, forwarded)), address))
  }
})

describe('behind trusted proxies it is the last hop that no proxy of ours wrote', () => {
  const addressOf = createClientAddress(PROXIES)
  for (const [title, remote, forwarded, address] of [
    ['one proxy', '10.1.1.1', '203.0.113.7', '203.0.113.7'],
    ['a chain of proxies', '10.1.1.1', '203.0.113.7, 192.0.2.7, 10.2.2.2', '203.0.113.7'],
    ['a client that made up hops before its own', '10.1.1.1', '1.2.3.4, 203.0.113.7', '203.0.113.7'],
    ['a client that names a proxy of ours', '203.0.113.7', '10.0.0.1', '203.0.113.7'],
    ['a proxy that says nothing', '10.1.1.1', undefined, '10.1.1.1'],
    ['an empty header', '10.1.1.1', '', '10.1.1.1'],
    ['a hop that is no address', '10.1.1.1', '203.0.113.7, unknown', '10.1.1.1'],
    ['a hop with a port', '10.1.1.1', '203.0.113.7:4711', '10.1.1.1'],
    ['only proxies', '10.1.1.1', '10.3.3.3, 10.2.2.2', '10.3.3.3'],
    ['a proxy on a dual-stack socket', '::ffff:10.1.1.1', '203.0.113.7', '203.0.113.7'],
    ['a proxy and a client of IPv6', 'fd00::1', '2001:db8::1', '2001:db8::1'],
    ['a neighbour of a single proxy', '192.0.2.8', '203.0.113.7', '192.0.2.8'],
    ['blanks and tabs', '10.1.1.1', ' \t203.0.113.7\t ', '203.0.113.7'],
  ] as const) {
    test(title, () => assert.equal(addressOf(from(remote, forwarded)), address))
  }

  test('10,000 hops are walked and the answer is one of them', () => {
    const hops = Array.from({ length: 10_000 }, () => '10.2.2.2').join(',')
    assert.equal(addressOf(from('10.1.1.1', `203.0.113.7,${hops}`)), '203.0.113.7')
  })
})
