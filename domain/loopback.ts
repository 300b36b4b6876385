const ipv4Loopback = /^127(\.\d{1,3}){3}$/

/** Names and addresses that can only mean this machine, as `URL.hostname` writes them. */
export const isLoopbackHost = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || ipv4Loopback.test(hostname)

/** The same of a listener, which writes an address of IPv6 without the brackets that a URL puts around it. */
export const isLoopbackAddress = (host: string): boolean => host === '::1' || isLoopbackHost(host)

/** The name in a Host header, in lower case and without its port; empty when it is none. */
export function hostName(host: string): string {
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i.exec(host)
  return match?.[1]?.toLowerCase() ?? ''
}
