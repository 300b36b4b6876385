import type { Column, GetColumnData, Query } from 'drizzle-orm'

/** What a driver hands out for a row: values by the name of their column. */
export type RawRow = Readonly<Record<string, unknown>>

export type Fields = Readonly<Record<string, Column>>
export type RowOf<Chosen extends Fields> = { readonly [Key in keyof Chosen]: GetColumnData<Chosen[Key]> }

/** One finished statement. It is built in the words of either database and carried out by its driver. */
export interface Statement<Row = unknown> {
  readonly sql: string
  readonly params: readonly unknown[]
  decode(raw: RawRow): Row
}

interface Built {
  toSQL(): Query
}

/** A statement that answers with rows, all of whose columns are in `fields`. */
export function asking<Chosen extends Fields>(fields: Chosen, built: Built): Statement<RowOf<Chosen>> {
  return {
    ...built.toSQL(),
    decode(raw) {
      const row: Record<string, unknown> = {}
      for (const [key, column] of Object.entries(fields)) {
        const value = raw[column.name]
        row[key] = value === null ? null : column.mapFromDriverValue(value)
      }
      // Each key got the value of its column, mapped by that column.
      return row as RowOf<Chosen>
    },
  }
}

/** A statement that only counts the rows that it touches. */
export const doing = (built: Built): Statement => ({ ...built.toSQL(), decode: (raw) => raw })
