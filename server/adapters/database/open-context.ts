import type { Clock } from '../../ports/clock.ts'
import type { Logger } from '../../ports/logger.ts'
import type { Migration } from './migration.ts'
import type { PostgresPatience } from './postgres/postgres-pool.ts'

export interface OpenContext {
  readonly clock: Clock
  readonly logger: Logger
  /** The version of this program, kept with every step of the schema that it applies. */
  readonly writtenBy: string
  /** Instead of those that this program has. */
  readonly migrations?: readonly Migration[]
  /** How long to wait for a PostgreSQL server, where not as usual. */
  readonly patience?: PostgresPatience
}
