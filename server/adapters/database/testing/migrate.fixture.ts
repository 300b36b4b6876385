import { openPostgresDatabase } from '../open-postgres-database.ts'
import { openSqliteDatabase } from '../open-sqlite-database.ts'
import { context } from './scratch.fixture.ts'
import { slowSteps } from './steps.fixture.ts'

// Run in a process of its own: opens the address named, with a schema whose last step takes its time.
const [kind, address = ''] = process.argv.slice(2)
const opened =
  kind === 'sqlite'
    ? openSqliteDatabase(address, { ...context, migrations: slowSteps.sqlite })
    : await openPostgresDatabase(address, { ...context, migrations: slowSteps.postgres })
process.stdout.write(opened.ok ? 'opened\n' : `${opened.problem.code}: ${opened.problem.message}\n`)
if (opened.ok) await opened.value.close()
