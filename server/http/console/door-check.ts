/** Why the door of the console turned a request away, before any page saw it. */
export type DoorRefusal = 'method' | 'address' | 'data_request' | 'cross_site'

export interface DoorFacts {
  readonly method: string
  /** As it stands in the request line: path and query. */
  readonly target: string
  /** `Sec-Fetch-Site`, which no script of a page can set. */
  readonly fetchSite: string | undefined
  readonly origin: string | undefined
}

const readingMethods: readonly string[] = ['GET', 'HEAD']

// One slash before each segment and no percent sign: nothing is decoded twice, nothing means two things to two parsers.
const address = /^(?=\/)(?:\/[A-Za-z0-9._~-]+)*\/?$/
const dotSegment = /\/\.{1,2}(?:\/|$)/

const comesFromHere = ({ fetchSite, origin }: DoorFacts, publicOrigin: string): boolean => {
  if (fetchSite !== undefined) return fetchSite === 'same-origin' || fetchSite === 'none'
  // A browser too old to say where a request comes from still names the origin when it sends a form.
  return origin === publicOrigin
}

/** `undefined` lets the request in. */
export const checkDoor = (facts: DoorFacts, publicOrigin: string): DoorRefusal | undefined => {
  const reading = readingMethods.includes(facts.method)
  if (!reading && facts.method !== 'POST') return 'method'
  const [path = '', ...query] = facts.target.split('?')
  if (!address.test(path) || dotSegment.test(path)) return 'address'
  // Remix runs an action that is called this way without asking where the call comes from.
  if (new URLSearchParams(query.join('?')).has('_data')) return 'data_request'
  // Stops forged forms, those from a sibling subdomain included.
  if (!reading && !comesFromHere(facts, publicOrigin)) return 'cross_site'
  return undefined
}
