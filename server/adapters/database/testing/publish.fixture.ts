import { writeSync } from 'node:fs'
import { published, revision } from '../contracts/samples.fixture.ts'
import { openedSqlite } from './opened-sqlite.fixture.ts'
import { context } from './scratch.fixture.ts'

// Run in a process of its own: publishes into the file named, as often as wanted, and writes each serial down once
// it was acknowledged.
const [file = '', times = 'Infinity'] = process.argv.slice(2)
const { revisions, close } = openedSqlite(file, context)
let head = await revisions.head()
for (let count = 0; count < Number(times); count += 1) {
  if (head === 'unavailable') throw new Error('the database is unavailable')
  const next = revision((head?.serial ?? 0) + 1, head)
  const outcome = await revisions.publish({ revision: next, event: published(next.serial) })
  if (outcome !== 'published') throw new Error(outcome)
  writeSync(1, `${next.serial}\n`)
  head = next
}
await close()
