import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { fail, ok, type Result } from '../../../../domain/result.ts'
import { connectToLock } from './connect.ts'

/** What keeps a file from being held: someone else does, or the last holder left it without its log. */
export type HoldProblem =
  | { readonly code: 'held'; readonly pid?: number; readonly since?: string }
  | { readonly code: 'log_missing'; readonly mark: string }

export interface Hold {
  /** Tells others who holds the file. Called once the write-ahead log is there. */
  sign(now: number): void
  /** To be called just before the database is closed in good order. */
  resign(): void
  release(): void
}

/**
 * Holds a database file for this process. The system gives the lock back when the process ends, however it ends, and
 * knows of it across containers that share a folder, where process numbers mean nothing.
 */
export function holdFile(file: string): Result<Hold, HoldProblem> {
  const mark = `${file}-holder`
  const lock = connectToLock(`${file}-lock`)
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      return fail({ code: 'held', ...readMark(mark) })
    }
    throw error
  }
  // While a database is in use its log is there. A mark that was left behind without one tells of a log that was
  // removed after a crash, with everything that had been published into it.
  if (existsSync(mark) && existsSync(file) && !existsSync(`${file}-wal`)) {
    lock.close()
    return fail({ code: 'log_missing', mark })
  }
  return ok({
    sign(now) {
      const text = JSON.stringify({ pid: process.pid, since: new Date(now).toISOString() })
      writeFileSync(`${mark}.new`, `${text}\n`)
      renameSync(`${mark}.new`, mark)
    },
    resign: () => rmSync(mark, { force: true }),
    release: () => void lock.close(),
  })
}

function readMark(mark: string): { pid?: number; since?: string } {
  try {
    const { pid, since }: Record<string, unknown> = JSON.parse(readFileSync(mark, 'utf8'))
    return {
      ...(Number.isSafeInteger(pid) ? { pid: Number(pid) } : {}),
      ...(typeof since === 'string' ? { since: since.slice(0, 40) } : {}),
    }
  } catch {
    return {}
  }
}
