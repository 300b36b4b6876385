import { hostName, isLoopbackHost } from '../../domain/loopback.ts'

/**
 * The evaluation installation signs anybody in, so it answers loopback names only: a page of the internet whose name
 * was rebound to 127.0.0.1 gets nothing. Elsewhere the client endpoints answer any well-formed name, since probes and
 * neighbours in a cluster use their own, and nothing that is answered is made of it.
 */
export function hostRule(loopbackOnly: boolean): (host: string) => boolean {
  const answersFor = (host: string): boolean =>
    loopbackOnly ? isLoopbackHost(hostName(host)) : hostName(host) !== ''
  let last = ''
  let answered = answersFor(last)

  // Almost every request asks for the host of the one before.
  return (host) => {
    if (host !== last) {
      last = host
      answered = answersFor(host)
    }
    return answered
  }
}
