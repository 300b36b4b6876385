import type { Unavailable } from '../../../ports/database.ts'
import type { Engine } from '../engine.ts'

/** The one row of a table that has one. A database that lost it cannot be used. */
export const theRow = <Row>(rows: readonly Row[] | Unavailable): Row | Unavailable =>
  rows === 'unavailable' ? rows : (rows[0] ?? 'unavailable')

/** Reads rows that hold JSON. A damaged one is told of and makes the answer `unavailable`, never half an answer. */
export function readRows<Row, Value>(
  engine: Engine,
  rows: readonly Row[] | Unavailable,
  read: (row: Row) => Value,
): readonly Value[] | Unavailable {
  if (rows === 'unavailable') return rows
  try {
    return rows.map(read)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    engine.noteDamage('A record in the database is damaged and cannot be read.')
    return 'unavailable'
  }
}
