/** First byte, or first and a range of second bytes, of IPv4 networks that no public network carries. */
function isPrivateIpv4(bytes: readonly number[]): boolean {
  const [first = -1, second = -1] = bytes
  return (
    first === 0 ||
    first === 10 ||
    first === 127 ||
    (first === 100 && second >= 64 && second <= 127) ||
    (first === 169 && second === 254) ||
    (first === 172 && second >= 16 && second <= 31) ||
    (first === 192 && second === 168)
  )
}

const ipv4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/

/**
 * Whether a host, as `URL.hostname` writes it, is an address of a private, loopback or link-local network.
 * Names other than localhost are not resolved: what they stand for depends on where the client is.
 */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname.replace(/\.$/, '')
  if (host === 'localhost' || host.endsWith('.localhost')) return true
  const quad = ipv4.exec(host)
  if (quad !== null) return isPrivateIpv4(quad.slice(1).map(Number))
  return host.startsWith('[') && isPrivateIpv6(host.slice(1, -1))
}

function isPrivateIpv6(address: string): boolean {
  if (address === '::' || address === '::1') return true
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(address)
  if (mapped !== null) {
    const high = Number.parseInt(mapped[1] ?? '', 16)
    return isPrivateIpv4([high >> 8, high & 0xff])
  }
  const first = Number.parseInt(address.split(':', 1)[0] || '0', 16)
  const uniqueLocal = (first & 0xfe00) === 0xfc00
  const linkLocal = (first & 0xffc0) === 0xfe80
  return uniqueLocal || linkLocal
}
