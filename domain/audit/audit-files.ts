import { canonicalJson } from '../envelope/canonical-json.ts'
import { formatInstant } from '../instant.ts'
import { escapeUnsafeCharacters } from '../policy/unsafe-characters.ts'
import type { AuditEvent } from './event.ts'

/** One event as a line of JSON, exactly what its hash is over, so that the file can be verified by itself. */
export function auditJsonLine(event: AuditEvent): string {
  try {
    return `${canonicalJson(event)}\n`
  } catch {
    // Somebody changed the event to what no canonical JSON can hold: it is evidence and goes out as it is.
    return `${JSON.stringify(event)}\n`
  }
}

/** What a spreadsheet runs, in half and full width, whatever space stands before it. */
const formula = /^[\s\p{Cc}]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]/u
/** Where a spreadsheet that separates cells by another character would begin a cell inside ours. */
const formulaInside = /([;\t\r\n])(?=[\s\p{Cc}"']*[=+\-@|%\uff1d\uff0b\uff0d\uff20])/gu

const columns: readonly (readonly [string, (event: AuditEvent) => string | undefined])[] = [
  ['sequence', (event) => String(event.sequence)],
  ['at', (event) => formatMilliseconds(event.at)],
  ['kind', (event) => event.kind],
  ['actor_kind', (event) => event.actor.kind],
  ['actor_id', (event) => event.actor.id],
  ['actor_name', (event) => event.actor.name],
  ['address', (event) => event.actor.address],
  ['subject_kind', (event) => event.subject.kind],
  ['subject_id', (event) => event.subject.id],
  ['words', (event) => event.words],
  ['before', (event) => (event.before === undefined ? undefined : canonicalJson(event.before))],
  ['after', (event) => (event.after === undefined ? undefined : canonicalJson(event.after))],
  ['data', (event) => canonicalJson(event.data)],
  ['previous_hash', (event) => event.previousHash],
  ['hash', (event) => event.hash],
]

export const auditCsvHeader = `${columns.map(([name]) => csvCell(name)).join(',')}\r\n`

/** One event as a line of CSV (RFC 4180), for people and their spreadsheets. */
export const auditCsvLine = (event: AuditEvent): string =>
  `${columns.map(([, read]) => csvCell(readCell(event, read))).join(',')}\r\n`

/** An event that somebody changed may lack anything: what is left of it still shows. */
function readCell(event: AuditEvent, read: (event: AuditEvent) => string | undefined): string {
  try {
    return String(read(event) ?? '')
  } catch {
    return ''
  }
}

/** Stops a cell that a spreadsheet would run: it begins with an apostrophe and shows as text. */
export function csvCell(text: string): string {
  const guarded = (formula.test(text) ? `'${text}` : text).replace(formulaInside, "$1'")
  return `"${escapeUnsafeCharacters(guarded).replaceAll('"', '""')}"`
}

const formatMilliseconds = (at: number): string =>
  formatInstant(Math.floor(at / 1000)).replace('Z', `.${String(at % 1000).padStart(3, '0')}Z`)
