import type { FetchProblem } from '../../ports/limited-fetch.ts'

export interface Trouble {
  readonly found: string
  readonly remedy: string
  /** True where nothing answered. */
  readonly unreachable: boolean
}

export const describeFetchProblem = (problem: FetchProblem, url: string): Trouble => {
  switch (problem.reason) {
    case 'unreachable':
    case 'stopped':
      return {
        found: `${url} does not answer (${problem.detail}).`,
        remedy: 'Check that it runs, the name and the port, and that no proxy or firewall stands in between.',
        unreachable: true,
      }
    case 'timed_out':
      return {
        found: `${url} did not answer in time (${problem.detail}).`,
        remedy: 'Check the network between here and there.',
        unreachable: true,
      }
    case 'redirected':
      return {
        found: `${url} sends elsewhere (${problem.detail}).`,
        remedy: 'Clients follow no redirect here. Hand out the address at which the answer really is.',
        unreachable: false,
      }
    case 'too_large':
      return {
        found: `The answer of ${url} is too large (${problem.detail}).`,
        remedy: 'Check that the address is the right one and that no proxy answers in its place.',
        unreachable: false,
      }
    case 'encoding_refused':
      return {
        found: `${url} answers in an encoding that clients do not read (${problem.detail}).`,
        remedy: 'Turn off the compression that a proxy adds.',
        unreachable: false,
      }
    case 'url_refused':
      return {
        found: `${url} is refused: ${problem.detail}.`,
        remedy: 'Use https. Plain http is for addresses of this machine alone.',
        unreachable: false,
      }
  }
}
