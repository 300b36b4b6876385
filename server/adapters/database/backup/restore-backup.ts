import { stat } from 'node:fs/promises'
import { eq } from 'drizzle-orm'
import { chain } from '../../../../domain/audit/chain.ts'
import { fail, ok, type Result } from '../../../../domain/result.ts'
import type { BackupSummary, Restoration, RestoreProblem } from '../../../ports/database.ts'
import { sha256 } from '../../system/sha256.ts'
import { type Heads, highestSerial } from '../deed.ts'
import type { Dialect } from '../dialect.ts'
import type { Engine } from '../engine.ts'
import { doing, type Statement } from '../statement.ts'
import { auditRow } from '../stores/audit-row.ts'
import type { BackupRow } from './backup-format.ts'
import { checkContent } from './check-content.ts'
import { BackupRefused, readBackup } from './read-backup.ts'

export interface RestoreContext {
  /** The steps of the schema that this program has, the last one being that of this database. */
  readonly schemas: readonly string[]
}

interface Checked {
  readonly summary: BackupSummary
  readonly heads: Heads
}

/** Checks the whole file first, so that a damaged one leaves the database as it was. */
export async function restoreBackup(
  engine: Engine,
  file: string,
  { serialFloor = 0, event, onProgress = () => undefined }: Restoration,
  { schemas }: RestoreContext,
): Promise<Result<BackupSummary, RestoreProblem>> {
  const open = () => readBackup(file, schemas, engine.dialect)
  try {
    const { summary, heads } = await checkFile(file, open(), onProgress)
    const { dialect } = engine
    async function* statements(): AsyncGenerator<Statement> {
      const again = open()
      await again.header()
      let rows = summary.rows
      for await (const row of again.rows()) {
        if (row[0] !== 'heads') yield insertion(dialect, row)
        rows += 1
        onProgress(rows)
      }
      // The file may have been exchanged between the two readings.
      if (again.trailer().sha256 !== summary.sha256)
        throw new BackupRefused('damaged', 'it changed meanwhile')
      yield* ending(dialect, heads, serialFloor, event(summary))
    }
    const outcome = await engine.fill(emptiness(dialect), statements())
    if (outcome === 'filled') return ok(summary)
    return fail({ code: outcome })
  } catch (error) {
    return fail(restoreProblem(error))
  }
}

async function checkFile(
  file: string,
  reader: ReturnType<typeof readBackup>,
  onProgress: (rows: number) => void,
): Promise<Checked> {
  const header = await reader.header()
  const content = checkContent()
  let rows = 0
  for await (const row of reader.rows()) {
    content.row(row)
    rows += 1
    onProgress(rows)
  }
  const heads = content.finish()
  if (highestSerial(heads) !== header.highestSerial) throw new BackupRefused('damaged', 'its first line')
  const { size: bytes } = await stat(file)
  const summary = { file, bytes, rows, highestSerial: header.highestSerial, sha256: reader.trailer().sha256 }
  return { summary, heads }
}

/** Each finds a row where there is something already. */
const emptiness = ({ build, tables }: Dialect): readonly Statement[] =>
  [tables.revisions, tables.changes, tables.signingKeys, tables.auditEvents].map((table) =>
    doing(build.select().from(table).limit(1)),
  )

const insertion = ({ build, tables }: Dialect, [table, values]: BackupRow): Statement =>
  // `readBackup` let through exactly the columns of the table, each with a value of its kind.
  doing(build.insert(tables[table]).values(values as (typeof tables)[typeof table]['$inferInsert']))

/** The event of the restoration, and heads that tell of it. */
function* ending(
  { build, tables }: Dialect,
  heads: Heads,
  serialFloor: number,
  draft: Parameters<typeof chain>[0],
): Generator<Statement> {
  const head =
    heads.auditSequence === 0 ? undefined : { sequence: heads.auditSequence, hash: heads.auditHash }
  const event = chain(draft, head, sha256)
  yield doing(build.insert(tables.auditEvents).values(auditRow(event)))
  const { id, ...restored } = heads
  const next = {
    ...restored,
    serialFloor: Math.max(heads.serialFloor, serialFloor),
    auditSequence: event.sequence,
    auditHash: event.hash,
  }
  yield doing(build.update(tables.heads).set(next).where(eq(tables.heads.id, id)))
}

function restoreProblem(error: unknown): RestoreProblem {
  if (error instanceof BackupRefused) {
    if (error.code === 'newer') return { code: 'newer', writtenBy: error.message }
    return error.code === 'damaged' ? { code: 'damaged', reason: error.message } : { code: error.code }
  }
  if (error instanceof Error && 'syscall' in error) return { code: 'not_read', reason: error.message }
  throw error
}
