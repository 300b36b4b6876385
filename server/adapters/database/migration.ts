import { fail, ok, type Result } from '../../../domain/result.ts'
import { sha256 } from '../system/sha256.ts'

/** One step of the schema. Once released it is never edited: what changes comes as another step. */
export interface Migration {
  readonly name: string
  readonly sql: string
}

export interface AppliedMigration {
  readonly name: string
  readonly sha256: string
  /** The version of the program that applied it. */
  readonly writtenBy: string
}

export type MigrationProblem =
  /** The database has steps that this program does not know. */
  | { readonly code: 'newer'; readonly writtenBy: string }
  /** A step was applied in another wording, or in another order. */
  | { readonly code: 'altered'; readonly name: string }

/** The steps that are still to be applied, if those applied are the first ones of those shipped, word for word. */
export function planMigrations(
  shipped: readonly Migration[],
  applied: readonly AppliedMigration[],
): Result<readonly Migration[], MigrationProblem> {
  const unknown = applied.findLast(({ name }) => shipped.every((migration) => migration.name !== name))
  if (unknown !== undefined) return fail({ code: 'newer', writtenBy: unknown.writtenBy })
  for (const [index, { name, sha256: recorded }] of applied.entries()) {
    const migration = shipped[index]
    if (migration?.name !== name || sha256(migration.sql) !== recorded) return fail({ code: 'altered', name })
  }
  return ok(shipped.slice(applied.length))
}
