import { bigint, customType, text as postgresText } from 'drizzle-orm/pg-core'
import { integer as sqliteInteger, text as sqliteText } from 'drizzle-orm/sqlite-core'

/**
 * The only kinds of columns there are, so that a row means the same in both databases: text (JSON too, which is never
 * queried into), integers up to 2^53, and instants in Unix milliseconds.
 */
export const sqliteColumns = {
  text: (name: string) => sqliteText(name),
  integer: (name: string) => sqliteInteger(name),
  instant: (name: string) => sqliteInteger(name),
}

const timestamp = customType<{ data: number; driverData: Date | string }>({
  dataType: () => 'timestamp(3) with time zone',
  toDriver: (milliseconds) => new Date(milliseconds).toISOString(),
  fromDriver: (value) => new Date(value).getTime(),
})

export const postgresColumns = {
  text: (name: string) => postgresText(name),
  integer: (name: string) => bigint(name, { mode: 'number' }),
  instant: (name: string) => timestamp(name),
}
