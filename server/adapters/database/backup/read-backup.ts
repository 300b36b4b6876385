import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import type { Dialect } from '../dialect.ts'
import {
  type BackupHeader,
  type BackupRow,
  type BackupTrailer,
  columnsOf,
  FORMAT,
  FORMAT_VERSION,
  isCopiedTable,
  LONGEST_LINE,
} from './backup-format.ts'

/** What a file is refused for. Thrown within this folder, and a value outside of it. */
export class BackupRefused extends Error {
  readonly code: 'not_a_backup' | 'newer' | 'truncated' | 'damaged'

  constructor(code: BackupRefused['code'], reason: string) {
    super(reason)
    this.name = 'BackupRefused'
    this.code = code
  }
}

export interface BackupReader {
  /** To be read before the rows. */
  header(): Promise<BackupHeader>
  rows(): AsyncGenerator<BackupRow>
  /** There once the rows have been read to the end. */
  trailer(): BackupTrailer
}

/** Reads a backup line by line and refuses it at the first line that cannot be right. */
export function readBackup(file: string, schemas: readonly string[], { tables }: Dialect): BackupReader {
  const lines = backupLines(file)
  const hash = createHash('sha256')
  let count = 0
  let trailer: BackupTrailer | undefined

  return {
    async header() {
      const first = await lines.next()
      if (first.done === true) throw new BackupRefused('not_a_backup', 'it is empty')
      hash.update(`${first.value}\n`)
      return readHeader(first.value, schemas)
    },
    async *rows() {
      for await (const line of lines) {
        if (trailer !== undefined) throw new BackupRefused('damaged', 'something stands after its end')
        const value = parse(line)
        if (isTrailer(value)) {
          trailer = value
          continue
        }
        hash.update(`${line}\n`)
        count += 1
        yield readRow(value, tables, count)
      }
      if (trailer === undefined) throw new BackupRefused('truncated', 'its end is missing')
      if (trailer.rows !== count)
        throw new BackupRefused('damaged', `it has ${count} rows of ${trailer.rows}`)
      if (trailer.sha256 !== hash.digest('hex'))
        throw new BackupRefused('damaged', 'its checksum does not fit')
    },
    trailer() {
      if (trailer === undefined) throw new TypeError('the rows have not been read')
      return trailer
    },
  }
}

async function* backupLines(file: string): AsyncGenerator<string> {
  const source = createReadStream(file)
  const unpacked = source.pipe(createGunzip())
  source.on('error', (error) => unpacked.destroy(error))
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let rest = ''
  try {
    for await (const chunk of unpacked) {
      const parts = (rest + decodeText(decoder, chunk)).split('\n')
      rest = parts.pop() ?? ''
      yield* parts
      // Stops a file of one endless line from filling the memory.
      if (rest.length > LONGEST_LINE) throw new BackupRefused('damaged', 'a line is too long')
    }
  } catch (error) {
    throw streamProblem(error)
  } finally {
    source.destroy()
  }
  if (rest !== '') throw new BackupRefused('truncated', 'its last line is cut off')
}

function decodeText(decoder: TextDecoder, chunk: Uint8Array): string {
  try {
    return decoder.decode(chunk, { stream: true })
  } catch {
    throw new BackupRefused('damaged', 'it holds bytes that are no text')
  }
}

function streamProblem(error: unknown): unknown {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'Z_BUF_ERROR') return new BackupRefused('truncated', 'it is cut off')
  if (typeof code !== 'string' || !code.startsWith('Z_')) return error
  return code === 'Z_DATA_ERROR' && error instanceof Error && /incorrect header/.test(error.message)
    ? new BackupRefused('not_a_backup', 'it is no gzip file')
    : new BackupRefused('damaged', 'it cannot be unpacked')
}

function readHeader(line: string, schemas: readonly string[]): BackupHeader {
  const header: Partial<BackupHeader> = asObject(
    parseOr(line, () => new BackupRefused('not_a_backup', 'its first line')),
  )
  if (header.format !== FORMAT) throw new BackupRefused('not_a_backup', 'its first line')
  const { formatVersion, schema, writtenBy, createdAt, highestSerial } = header
  const isNewer = Number(formatVersion) > FORMAT_VERSION || !schemas.includes(String(schema))
  if (isNewer) throw new BackupRefused('newer', String(writtenBy).slice(0, 100))
  if (!isCount(highestSerial) || !isCount(createdAt) || typeof writtenBy !== 'string') {
    throw new BackupRefused('damaged', 'its first line')
  }
  return {
    format: FORMAT,
    formatVersion: FORMAT_VERSION,
    schema: String(schema),
    writtenBy,
    createdAt,
    highestSerial,
  }
}

/** Takes exactly the columns there are, each with a value of its kind: nothing else reaches a statement. */
function readRow(value: unknown, tables: Dialect['tables'], row: number): BackupRow {
  const refuse = (): never => {
    throw new BackupRefused('damaged', `row ${row} is not one`)
  }
  if (!Array.isArray(value) || value.length !== 2) return refuse()
  const [table, values]: unknown[] = value
  if (!isCopiedTable(table)) return refuse()
  const given = asObject(values)
  const columns = Object.entries(columnsOf(tables, table))
  if (Object.keys(given).length !== columns.length) return refuse()
  const taken: Record<string, string | number | null> = {}
  for (const [key, column] of columns) {
    const found: unknown = Object.hasOwn(given, key) ? given[key] : undefined
    const isText = column.columnType === 'SQLiteText' || column.columnType === 'PgText'
    if (found === null && !column.notNull) taken[key] = null
    else if (isText && typeof found === 'string') taken[key] = found
    else if (!isText && Number.isSafeInteger(found)) taken[key] = Number(found)
    else return refuse()
  }
  return [table, taken]
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0

const isTrailer = (value: unknown): value is BackupTrailer => {
  const { rows, sha256 } = asObject(value)
  return isCount(rows) && typeof sha256 === 'string' && !Array.isArray(value)
}

const asObject = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {}

const parse = (line: string): unknown =>
  parseOr(line, () => new BackupRefused('damaged', 'a line is no JSON'))

function parseOr(line: string, problem: () => Error): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw problem()
  }
}
