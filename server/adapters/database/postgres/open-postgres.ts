import { Client } from 'pg'
import { fail, ok, type Result } from '../../../../domain/result.ts'
import { trackAvailability } from '../availability.ts'
import type { Engine } from '../engine.ts'
import type { OpenContext } from '../open-context.ts'
import { describeMigrationProblem, foreignProblem, type OpenProblem } from '../open-problem.ts'
import { explainPostgresError } from './explain-postgres-error.ts'
import { listen } from './listen.ts'
import { migratePostgres } from './migrate-postgres.ts'
import type { PostgresAddress } from './postgres-address.ts'
import { createPostgresEngine } from './postgres-engine.ts'
import { postgresMigrations } from './postgres-migrations.ts'
import { checkServer, clientConfig, createPostgresPool, usualPatience } from './postgres-pool.ts'

const MIGRATION_ANSWER = 10 * 60_000

/** Brings the schema up to date and opens a pool. Any number of replicas may do so at once. */
export async function openPostgres(
  address: PostgresAddress,
  context: OpenContext,
): Promise<Result<Engine, OpenProblem>> {
  const { clock, logger, patience = usualPatience } = context
  const prepared = await prepare(address, context)
  if (!prepared.ok) return prepared
  return ok(
    createPostgresEngine({
      pool: createPostgresPool(address, patience),
      place: address.place,
      availability: trackAvailability(clock, logger),
      listen: (onNews) => listen(clientConfig(address, patience), onNews),
    }),
  )
}

async function prepare(
  address: PostgresAddress,
  { clock, writtenBy, migrations = postgresMigrations, patience = usualPatience }: OpenContext,
): Promise<Result<undefined, OpenProblem>> {
  const client = new Client({ ...clientConfig(address, patience), query_timeout: MIGRATION_ANSWER })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await checkServer(client)
    const migrated = await migratePostgres(client, { migrations, now: clock.now(), writtenBy })
    if (migrated.ok) return migrated
    return fail(describeMigrationProblem(migrated.problem, address.place, writtenBy))
  } catch (error) {
    return fail(openingProblem(error, address))
  } finally {
    await client.end().catch(() => undefined)
  }
}

const refusals = ['28', '3D', '42']
const TABLE_EXISTS = '42P07'

function openingProblem(error: unknown, { place }: PostgresAddress): OpenProblem {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === TABLE_EXISTS) return foreignProblem(place)
  const message = explainPostgresError(error, place)
  if (message === undefined) throw error
  const refused = typeof code === 'string' && refusals.includes(code.slice(0, 2))
  return { code: refused ? 'refused' : 'unreachable', message }
}
