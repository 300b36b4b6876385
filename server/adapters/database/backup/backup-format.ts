import { getTableColumns } from 'drizzle-orm'
import type { Dialect } from '../dialect.ts'

export const FORMAT = 'hivewarden-backup'
export const FORMAT_VERSION = 1

/** No row is longer: a document has its own limit, and an audit event holds at most two of them. */
export const LONGEST_LINE = 8 * 1024 * 1024

/** What is copied, in an order in which nothing refers to what comes later. */
export const copiedTables = [
  'heads',
  'revisions',
  'changes',
  'comments',
  'signingKeys',
  'auditEvents',
] as const
export type CopiedTable = (typeof copiedTables)[number]

export const isCopiedTable = (name: unknown): name is CopiedTable =>
  copiedTables.some((table) => table === name)

/** The first line. Whoever reads an older backup knows by `schema` what its rows can hold. */
export interface BackupHeader {
  readonly format: typeof FORMAT
  readonly formatVersion: number
  /** The last step of the schema that the rows are of. */
  readonly schema: string
  readonly writtenBy: string
  /** Unix milliseconds. */
  readonly createdAt: number
  readonly highestSerial: number
}

/** Every other line but the last: the table and the values by the names of the columns, in the same words everywhere. */
export type BackupRow = readonly [
  table: CopiedTable,
  values: Readonly<Record<string, string | number | null>>,
]

/** The last line: what stands before it, counted and hashed. */
export interface BackupTrailer {
  readonly rows: number
  readonly sha256: string
}

export const columnsOf = (tables: Dialect['tables'], table: CopiedTable) => getTableColumns(tables[table])
