import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'

/**
 * The address that a request came from, for the log. X-Forwarded-For is believed from the right, hop by hop, and only
 * as long as the hop before is a configured proxy: what is left of that a client may have made up.
 */
export function createClientAddress(trustedProxies: readonly string[]): (request: IncomingMessage) => string {
  const trusted = new BlockList()
  for (const range of trustedProxies) {
    const [address = '', prefix] = range.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (prefix === undefined) trusted.addAddress(address, family)
    else trusted.addSubnet(address, Number(prefix), family)
  }
  const isTrusted = (address: string): boolean => {
    const family = isIP(address)
    return family !== 0 && trusted.check(address, family === 6 ? 'ipv6' : 'ipv4')
  }

  return (request) => {
    let address = plain(request.socket.remoteAddress ?? '')
    if (trustedProxies.length === 0 || !isTrusted(address)) return address
    const forwarded = request.headers['x-forwarded-for']
    const hops = (typeof forwarded === 'string' ? forwarded : (forwarded?.join(',') ?? '')).split(',')
    while (hops.length > 0 && isTrusted(address)) {
      const hop = plain((hops.pop() ?? '').trim())
      if (isIP(hop) === 0) break
      address = hop
    }
    return address
  }
}

/** An IPv4 address that a dual-stack socket wrote as IPv6. */
const plain = (address: string): string => (address.startsWith('::ffff:') ? address.slice(7) : address)
