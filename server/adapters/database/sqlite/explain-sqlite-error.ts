import Sqlite from 'better-sqlite3'

/** What keeps a SQLite file from being used, in a sentence for the operator; undefined for what is a bug of ours. */
export function explainSqliteError(error: unknown, file: string): string | undefined {
  if (!(error instanceof Sqlite.SqliteError)) return undefined
  const [kind] = error.code.replace('SQLITE_', '').split('_')
  switch (kind) {
    case 'FULL':
      return `There is no space left for ${file}. Free some space: reading goes on meanwhile.`
    case 'READONLY':
    case 'PERM':
    case 'AUTH':
      return `${file} cannot be written. Give the account that runs Hivewarden the right to write the file and its folder.`
    case 'CANTOPEN':
      return `${file} cannot be opened. Check that its folder is there and that the account that runs Hivewarden may use it.`
    case 'BUSY':
    case 'LOCKED':
    case 'PROTOCOL':
      return `${file} is held by another program for too long.`
    case 'IOERR':
    case 'NOMEM':
      return `The system fails to read or write ${file} (${error.code}). Check the disk.`
    case 'CORRUPT':
      return `${file} is damaged. Stop Hivewarden and restore a backup.`
    case 'NOTADB':
      return `${file} is not a SQLite database. Name another file.`
    case 'TOOBIG':
      return `A record is too large for ${file}.`
    default:
      return undefined
  }
}
