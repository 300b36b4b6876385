import { openSqliteDatabase } from '../open-sqlite-database.ts'
import { context } from './scratch.fixture.ts'

// Run in a process of its own: opens the file named, says how that went, and holds it until its input ends.
const opened = openSqliteDatabase(process.argv[2] ?? '', context)
process.stdout.write(opened.ok ? 'opened\n' : `${opened.problem.code}: ${opened.problem.message}\n`)
if (opened.ok) {
  process.stdin.on('end', () => void opened.value.close())
  process.stdin.resume()
}
