import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { link, open, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { fail, ok, type Result } from '../../../../domain/result.ts'
import type { BackupProblem, BackupSummary } from '../../../ports/database.ts'
import { type Heads, highestSerial } from '../deed.ts'
import type { Engine } from '../engine.ts'
import { asking } from '../statement.ts'
import { type BackupHeader, columnsOf, copiedTables, FORMAT, FORMAT_VERSION } from './backup-format.ts'

const PAGE_ROWS = 50

export interface BackupContext {
  readonly now: number
  readonly writtenBy: string
  readonly schema: string
  readonly onProgress?: ((rows: number) => void) | undefined
}

interface Written {
  rows: number
  highestSerial: number
  sha256: string
  /** What the database failed with, as opposed to the file. */
  databaseFailed: boolean
}

/** Writes beside the file and gives it its name once everything is on the disk. */
export async function writeBackup(
  engine: Engine,
  file: string,
  context: BackupContext,
): Promise<Result<BackupSummary, BackupProblem>> {
  const partial = `${file}.part-${process.pid}`
  const written: Written = { rows: 0, highestSerial: 0, sha256: '', databaseFailed: false }
  try {
    if ((await stat(file).catch(() => undefined)) !== undefined) return fail({ code: 'file_exists' })
    const target = createWriteStream(partial, { flags: 'wx', mode: 0o600, flush: true })
    await pipeline(Readable.from(backupLines(engine, context, written)), createGzip(), target)
    const { size: bytes } = await stat(partial)
    // Unlike a renaming, this never takes the place of a file that came there meanwhile.
    await link(partial, file)
    await rm(partial)
    await flushFolder(dirname(file))
    const { rows, highestSerial, sha256 } = written
    return ok({ file, bytes, rows, highestSerial, sha256 })
  } catch (error) {
    await rm(partial, { force: true })
    if (written.databaseFailed) return fail({ code: 'unavailable' })
    if (!(error instanceof Error && 'code' in error)) throw error
    if (error.code === 'EEXIST') return fail({ code: 'file_exists' })
    return fail({ code: 'not_written', reason: error.message })
  }
}

/** Makes the name of the file as lasting as its content. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

async function* backupLines(
  engine: Engine,
  context: BackupContext,
  written: Written,
): AsyncGenerator<string> {
  const hash = createHash('sha256')
  const hashed = (lines: string): string => {
    hash.update(lines)
    return lines
  }
  for await (const page of pagesOf(engine, written)) {
    const [first] = page.rows
    // The heads come first, of the same moment as all that follows.
    if (page.table === 'heads' && first !== undefined) {
      written.highestSerial = highestSerial(first as unknown as Heads)
      yield hashed(`${JSON.stringify(header(context, written.highestSerial))}\n`)
    }
    yield hashed(page.rows.map((row) => `${JSON.stringify([page.table, row])}\n`).join(''))
    written.rows += page.rows.length
    context.onProgress?.(written.rows)
  }
  written.sha256 = hash.digest('hex')
  yield `${JSON.stringify({ rows: written.rows, sha256: written.sha256 })}\n`
}

const header = ({ now, writtenBy, schema }: BackupContext, highestSerial: number): BackupHeader => ({
  format: FORMAT,
  formatVersion: FORMAT_VERSION,
  schema,
  writtenBy,
  createdAt: now,
  highestSerial,
})

async function* pagesOf({ dialect, snapshot }: Engine, written: Written) {
  const { build, tables } = dialect
  const statements = copiedTables.map((table) =>
    asking(
      columnsOf(tables, table),
      build
        .select()
        .from(tables[table])
        .orderBy(...orderOf(tables, table)),
    ),
  )
  const pages = snapshot(statements, PAGE_ROWS)[Symbol.asyncIterator]()
  try {
    for (;;) {
      const page = await pages.next().catch((error: unknown) => {
        written.databaseFailed = true
        throw error
      })
      if (page.done === true) return
      const { index, rows } = page.value
      const table = copiedTables[index]
      const decode = statements[index]?.decode
      if (table === undefined || decode === undefined) throw new TypeError(`there is no statement ${index}`)
      yield { table, rows: rows.map((raw) => decode(raw)) }
    }
  } finally {
    await pages.return?.()
  }
}

/** By the primary key, so that two backups of the same content are the same. */
const orderOf = (tables: Engine['dialect']['tables'], table: (typeof copiedTables)[number]) =>
  Object.values(columnsOf(tables, table)).filter((column) => column.primary)
