import type { DatabaseHealth, Unavailable } from '../../ports/database.ts'
import type { Dialect } from './dialect.ts'
import type { RawRow, Statement } from './statement.ts'

/** A part of a transaction. A statement that does not touch exactly one row undoes all that stand before it. */
export interface Step<Otherwise extends string> {
  readonly statement: Statement
  /** The answer if it does not touch one row. `any` lets it touch as many as it will; `bug` says it must. */
  readonly otherwise: Otherwise | 'any' | 'bug'
}

export interface Transaction<Row, Otherwise extends string> {
  /** Takes the lock that lets one transaction at a time through, and reads what the plan depends on. */
  readonly lock: Statement<Row>
  /** Made while the lock is held, in one tick. A word instead of a plan undoes all and is the answer. */
  plan(locked: Row): readonly Step<Otherwise>[] | Otherwise
}

export const must = (statement: Statement): Step<never> => ({ statement, otherwise: 'bug' })

/** What carries statements out: the only part that knows a driver. */
export interface Engine {
  readonly dialect: Dialect
  rows<Row>(statement: Statement<Row>): Promise<readonly Row[] | Unavailable>
  atomically<Row, Otherwise extends string>(
    transaction: Transaction<Row, Otherwise>,
  ): Promise<'committed' | Otherwise | Unavailable>
  subscribe(listener: () => void): () => void
  health(): Promise<DatabaseHealth>
  /** Everything in `statements`, one after the other, as it was at one moment. A failure rejects. */
  snapshot(statements: readonly Statement[], pageRows: number): AsyncIterable<SnapshotPage>
  /**
   * Carries `statements` out as one transaction, if none of `emptiness` finds a row. Nothing else is done meanwhile.
   * A failure of `statements` undoes all and rejects.
   */
  fill(
    emptiness: readonly Statement[],
    statements: AsyncIterable<Statement>,
  ): Promise<'filled' | 'not_empty' | Unavailable>
  /** Writes to the log that something stored is not what was stored. */
  noteDamage(words: string): void
  close(): Promise<void>
}

export interface SnapshotPage {
  /** The place of the statement in the list. */
  readonly index: number
  readonly rows: readonly RawRow[]
}
