import type { ClientType } from '../client-type.ts'
import { parseVersion } from '../version.ts'
import type { Audience, Layer, Viewer } from './layer.ts'
import type { PolicyDocument } from './policy-document.ts'
import { isVersionInRange, parseVersionRange, type VersionRange } from './version-range.ts'

/** The layers that hold for this viewer, in the order of the document: lowest precedence first. */
export function matchingLayers(document: PolicyDocument, viewer: Viewer): readonly Layer[] {
  return document.layers.filter((layer) => layer.audience === undefined || matches(layer.audience, viewer))
}

function matches(audience: Audience, viewer: Viewer): boolean {
  const ready = prepare(audience)
  return (
    (ready.clientTypes === undefined || ready.clientTypes.has(viewer.clientType)) &&
    (ready.groups === undefined || viewer.groups.some((group) => ready.groups?.has(group) === true)) &&
    (ready.people === undefined || isOneOf(ready.people, viewer)) &&
    (ready.clientVersions === undefined || isVersionOf(ready.clientVersions, viewer))
  )
}

/** An audience made ready for look-ups: one document is matched against thousands of viewers. */
interface PreparedAudience {
  readonly groups: ReadonlySet<string> | undefined
  readonly people: ReadonlySet<string> | undefined
  readonly clientTypes: ReadonlySet<ClientType> | undefined
  readonly clientVersions: VersionRange | undefined
}

const prepared = new WeakMap<Audience, PreparedAudience>()

function prepare(audience: Audience): PreparedAudience {
  const known = prepared.get(audience)
  if (known !== undefined) return known
  const made: PreparedAudience = {
    groups: audience.groups && new Set(audience.groups),
    people: audience.people && new Set(audience.people.map(personKey)),
    clientTypes: audience.clientTypes && new Set(audience.clientTypes),
    clientVersions: audience.clientVersions === undefined ? undefined : rangeOf(audience.clientVersions),
  }
  prepared.set(audience, made)
  return made
}

/** Subjects are exact; only what is an e-mail address is the same in upper and lower case. */
const personKey = (person: string): string => (person.includes('@') ? person.toLowerCase() : person)

const isOneOf = (people: ReadonlySet<string>, { subject, email }: Viewer): boolean =>
  people.has(personKey(subject)) || (email !== undefined && people.has(personKey(email)))

function isVersionOf(range: VersionRange, viewer: Viewer): boolean {
  const version = parseVersion(viewer.clientVersion)
  return version !== undefined && isVersionInRange(version, range)
}

function rangeOf(text: string): VersionRange {
  const range = parseVersionRange(text)
  // A layer with such a range is refused at the door; to match nobody here would lift its rules in silence.
  if (range === undefined) throw new TypeError(`no range of versions: ${text}`)
  return range
}
