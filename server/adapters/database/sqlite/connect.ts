import Sqlite from 'better-sqlite3'
import { findAddon } from './find-addon.ts'

export type SqliteConnection = InstanceType<typeof Sqlite>

const BUSY_TIMEOUT = 5000

/** In this order; what each reads afterwards is asserted, since SQLite passes over what it cannot do. */
const settings: readonly (readonly [name: string, value: string, reads: string | number])[] = [
  ['busy_timeout', String(BUSY_TIMEOUT), BUSY_TIMEOUT],
  ['journal_mode', 'WAL', 'wal'],
  // Anything less loses acknowledged publishes with the power, and is what a reopened WAL database has by itself.
  ['synchronous', 'FULL', 2],
  ['foreign_keys', 'ON', 1],
  // A file from elsewhere may hold views and triggers that run functions, and pages of impossible sizes.
  ['trusted_schema', 'OFF', 0],
  ['cell_size_check', 'ON', 1],
  ['journal_size_limit', String(64 * 1024 * 1024), 64 * 1024 * 1024],
]

/** Opens a file and sets what must hold on every connection, since none of it is kept in the file. */
export function connect(file: string): SqliteConnection {
  const addon = findAddon()
  const connection = new Sqlite(file, addon === undefined ? {} : { nativeBinding: addon })
  try {
    for (const [name, value] of settings) connection.pragma(`${name} = ${value}`)
    assertSettings(connection)
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

/** Opens a file a second time, to read only. */
export function connectToRead(file: string): SqliteConnection {
  const addon = findAddon()
  const connection = new Sqlite(file, {
    readonly: true,
    fileMustExist: true,
    timeout: BUSY_TIMEOUT,
    ...(addon === undefined ? {} : { nativeBinding: addon }),
  })
  connection.pragma('trusted_schema = OFF')
  connection.pragma('cell_size_check = ON')
  return connection
}

/** A connection with the locking of SQLite and nothing else of it. */
export function connectToLock(file: string): SqliteConnection {
  const addon = findAddon()
  return new Sqlite(file, { timeout: 0, ...(addon === undefined ? {} : { nativeBinding: addon }) })
}

export function assertSettings(connection: SqliteConnection): void {
  for (const [name, , expected] of settings) {
    const found: unknown = connection.pragma(name, { simple: true })
    if (found !== expected) throw new SettingRefused(name, String(expected), String(found))
  }
}

/** SQLite runs, but not as it must: on a network file system it cannot keep a write-ahead log, for one. */
export class SettingRefused extends Error {
  constructor(name: string, expected: string, found: string) {
    super(`SQLite has ${name} ${found} where ${expected} is needed`)
    this.name = 'SettingRefused'
  }
}
