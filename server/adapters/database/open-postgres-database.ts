import { ok, type Result } from '../../../domain/result.ts'
import type { DurableDatabase } from '../../ports/database.ts'
import { assembleDatabase } from './assemble-database.ts'
import type { OpenContext } from './open-context.ts'
import type { OpenProblem } from './open-problem.ts'
import { openPostgres } from './postgres/open-postgres.ts'
import { readPostgresAddress } from './postgres/postgres-address.ts'
import { postgresMigrations } from './postgres/postgres-migrations.ts'

/** The database on a PostgreSQL server, for any number of replicas. */
export async function openPostgresDatabase(
  url: string,
  context: OpenContext,
): Promise<Result<DurableDatabase, OpenProblem>> {
  const address = readPostgresAddress(url)
  if (!address.ok) return address
  const opened = await openPostgres(address.value, context)
  if (!opened.ok) return opened
  const { migrations = postgresMigrations } = context
  return ok(assembleDatabase({ engine: opened.value, place: address.value.place, migrations }, context))
}
