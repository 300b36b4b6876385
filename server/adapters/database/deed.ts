import { and, getTableColumns as columnsOf, eq } from 'drizzle-orm'
import { chain } from '../../../domain/audit/chain.ts'
import type { AuditDraft } from '../../../domain/audit/event.ts'
import type { Unavailable } from '../../ports/database.ts'
import { sha256 } from '../system/sha256.ts'
import type { Dialect } from './dialect.ts'
import { type Engine, must, type Step } from './engine.ts'
import { asking, doing, type RowOf, type Statement } from './statement.ts'
import { auditRow } from './stores/audit-row.ts'

export type Heads = RowOf<Dialect['tables']['heads']['_']['columns']>

/** What a deed does beside its audit event, and what it moves on in the heads. */
export interface DeedPlan<Otherwise extends string> {
  readonly steps: readonly Step<Otherwise>[]
  readonly heads?: Partial<Omit<Heads, 'id' | 'auditSequence' | 'auditHash'>>
}

export interface Deed<Done extends string, Otherwise extends string> {
  readonly event: AuditDraft
  readonly done: Done
  plan(heads: Heads): DeedPlan<Otherwise> | Otherwise
}

/** The heads as they are, without a lock. */
export const readHeads = ({ build, tables: { heads } }: Dialect): Statement<Heads> =>
  asking(columnsOf(heads), build.select().from(heads).where(eq(heads.id, 1)))

/** The highest serial that any client can have seen. */
export const highestSerial = ({ serial, serialFloor }: Heads): number => Math.max(serial, serialFloor)

/**
 * Carries a deed out together with its audit event. Updating the heads takes their row lock, so that no other deed,
 * of this process or of another replica, comes between reading the last event and writing the next: no gap, no fork.
 */
export async function perform<Done extends string, Otherwise extends string>(
  engine: Engine,
  { event, done, plan }: Deed<Done, Otherwise>,
): Promise<Done | Otherwise | Unavailable> {
  const { dialect } = engine
  const outcome = await engine.atomically<Heads, Otherwise>({
    lock: lockHeads(dialect),
    plan(heads) {
      const planned = plan(heads)
      return typeof planned === 'string' ? planned : withEvent(dialect, heads, event, planned)
    },
  })
  return outcome === 'committed' ? done : outcome
}

function withEvent<Otherwise extends string>(
  { build, tables }: Dialect,
  before: Heads,
  draft: AuditDraft,
  { steps, heads = {} }: DeedPlan<Otherwise>,
): readonly Step<Otherwise>[] {
  const head =
    before.auditSequence === 0 ? undefined : { sequence: before.auditSequence, hash: before.auditHash }
  const event = chain(draft, head, sha256)
  const { auditEvents } = tables
  const next = { ...heads, auditSequence: event.sequence, auditHash: event.hash }
  const isUnmoved = and(eq(tables.heads.id, 1), eq(tables.heads.auditSequence, before.auditSequence))
  return [
    ...steps,
    must(doing(build.insert(auditEvents).values(auditRow(event)))),
    must(doing(build.update(tables.heads).set(next).where(isUnmoved))),
  ]
}

const lockHeads = ({ build, tables: { heads } }: Dialect): Statement<Heads> =>
  asking(
    columnsOf(heads),
    build.update(heads).set({ id: 1 }).where(eq(heads.id, 1)).returning(columnsOf(heads)),
  )
