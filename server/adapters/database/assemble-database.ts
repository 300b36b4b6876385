import type { DurableDatabase } from '../../ports/database.ts'
import { restoreBackup } from './backup/restore-backup.ts'
import { writeBackup } from './backup/write-backup.ts'
import type { Engine } from './engine.ts'
import type { Migration } from './migration.ts'
import type { OpenContext } from './open-context.ts'
import { createAudit } from './stores/audit.ts'
import { createChanges } from './stores/changes.ts'
import { createKeys } from './stores/keys.ts'
import { createRevisions } from './stores/revisions.ts'

export interface DatabaseParts {
  readonly engine: Engine
  /** For people; without anything secret. */
  readonly place: string
  /** The steps of the schema that the database is made of. */
  readonly migrations: readonly Migration[]
}

export function assembleDatabase(
  { engine, place, migrations }: DatabaseParts,
  { clock, writtenBy }: OpenContext,
): DurableDatabase {
  const schemas = migrations.map(({ name }) => name)
  const schema = schemas.at(-1) ?? ''
  return {
    describes: place,
    revisions: createRevisions(engine),
    changes: createChanges(engine),
    keys: createKeys(engine),
    audit: createAudit(engine),
    feed: { subscribe: (listener) => engine.subscribe(listener) },
    health: () => engine.health(),
    backup: (file, onProgress) =>
      writeBackup(engine, file, { now: clock.now(), writtenBy, schema, onProgress }),
    restore: (file, restoration) => restoreBackup(engine, file, restoration, { schemas }),
    close: () => engine.close(),
  }
}
