import { existsSync } from 'node:fs'
import { userInfo } from 'node:os'
import { type Actor, localActor } from '../../../domain/actor.ts'
import { systemClock } from '../../adapters/system/system-clock.ts'
import { composeGovernance } from '../../compose-governance.ts'
import { showLocation } from '../../config/database-location.ts'
import type { Settings } from '../../config/settings.ts'
import { openDatabase } from '../../open-database.ts'
import type { Clock } from '../../ports/clock.ts'
import type { DurableDatabase } from '../../ports/database.ts'
import type { Logger } from '../../ports/logger.ts'
import type { Governance } from '../../usecases/changes/governance.ts'
import type { CommandIo, ExitCode } from '../command.ts'
import { readSettings, settingProblemLine } from '../read-settings.ts'
import { refuse } from './refuse.ts'

export interface LocalArguments {
  readonly config?: string
  readonly json: boolean
}

/** The database of this machine's settings, opened by a command. */
export interface LocalDatabase {
  readonly settings: Settings
  readonly database: DurableDatabase
  readonly governance: Governance
  readonly clock: Clock
  readonly actor: Actor
}

interface Wishes {
  /** Makes the database where there is none. Without it a wrong path would look like an empty installation. */
  readonly mayCreate?: boolean
}

/** Opens the database that the settings name, lets `work` use it, and closes it whatever happens. */
export async function withLocalDatabase(
  given: LocalArguments,
  io: CommandIo,
  work: (local: LocalDatabase) => Promise<ExitCode>,
  { mayCreate = false }: Wishes = {},
): Promise<ExitCode> {
  const read = await readSettings({ config: given.config, evaluation: false })
  if (!read.ok) return refuse(io, given.json, 78, read.problem.map(settingProblemLine))
  const settings = read.value.values
  const location = settings['database.url']
  if (location.kind === 'none') return refuse(io, given.json, 78, [noDatabase])
  if (location.kind === 'sqlite' && !mayCreate && !existsSync(location.path)) {
    return refuse(io, given.json, 69, [
      `There is no database at ${showLocation(location)}. Name the settings of the manager with --config, or its database with HIVEWARDEN_DATABASE_URL.`,
    ])
  }
  const opened = await openDatabase(location, {
    clock: systemClock,
    logger: silent,
    dataDir: settings.dataDir,
  })
  if (!opened.ok) return refuse(io, given.json, opened.problem.exitCode, opened.problem.lines)
  const database = opened.value
  try {
    return await work({
      settings,
      database,
      governance: composeGovernance(database, systemClock),
      clock: systemClock,
      actor: localActor(accountName()),
    })
  } finally {
    await database.close()
  }
}

const noDatabase =
  'This installation has no database: a file governs its policy. Set database.url, or HIVEWARDEN_DATABASE_URL.'

/** What goes wrong is the answer of the command, in words: log lines between them would help nobody. */
const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}

/** A container may run under an account that has no name. */
function accountName(): string {
  try {
    return userInfo().username
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`
  }
}
