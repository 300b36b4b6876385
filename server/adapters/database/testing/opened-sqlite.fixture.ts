import type { DurableDatabase } from '../../../ports/database.ts'
import type { OpenContext } from '../open-context.ts'
import { openSqliteDatabase } from '../open-sqlite-database.ts'

export function openedSqlite(file: string, context: OpenContext): DurableDatabase {
  const opened = openSqliteDatabase(file, context)
  if (!opened.ok) throw new Error(opened.problem.message)
  return opened.value
}
