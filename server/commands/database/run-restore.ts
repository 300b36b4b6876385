import { draftEvent } from '../../../domain/audit/draft-event.ts'
import { sha256 } from '../../adapters/system/sha256.ts'
import type { BackupSummary, RestoreProblem } from '../../ports/database.ts'
import { republishPolicy } from '../../usecases/policy/republish-policy.ts'
import type { CommandIo, ExitCode } from '../command.ts'
import { printJson, refuse } from '../local/refuse.ts'
import { type LocalArguments, type LocalDatabase, withLocalDatabase } from '../local/with-local-database.ts'
import { showProgress } from './show-progress.ts'

interface RestoreArguments extends LocalArguments {
  readonly file: string
  readonly serialFloor?: number
}

export const runRestore = (given: RestoreArguments, io: CommandIo): Promise<ExitCode> =>
  withLocalDatabase(
    given,
    io,
    async (local) => {
      const { database, clock, actor } = local
      const restored = await database.restore(given.file, {
        ...(given.serialFloor === undefined ? {} : { serialFloor: given.serialFloor }),
        event: (found) =>
          draftEvent({
            kind: 'backup.restored',
            at: clock.now(),
            actor,
            subject: { kind: 'database', id: found.sha256 },
            words: `Restored a backup up to serial ${found.highestSerial}.`,
            data: { sha256: found.sha256, highestSerial: found.highestSerial },
          }),
        onProgress: showProgress(io, 'rows read'),
      })
      if (!restored.ok) {
        const code = restored.problem.code === 'unavailable' ? 69 : 1
        return refuse(io, given.json, code, [sentence(given.file, database.describes, restored.problem)])
      }
      return riseAboveFloor(given, local, restored.value, io)
    },
    { mayCreate: true },
  )

/** Clients refuse everything up to the serial that they have seen: without this they would wait for the next change. */
async function riseAboveFloor(
  { serialFloor = 0, json }: RestoreArguments,
  { database, clock, actor }: LocalDatabase,
  restored: BackupSummary,
  io: CommandIo,
): Promise<ExitCode> {
  const { rows, highestSerial } = restored
  if (serialFloor <= highestSerial) {
    if (json) printJson(io, { done: true, rows, highestSerial, sha256: restored.sha256 })
    else {
      io.print(`Restored ${rows} rows, up to serial ${highestSerial}.`)
      io.print('If clients have seen a higher serial, restore again into an empty place with --serial-floor.')
    }
    return 0
  }
  const republished = await republishPolicy({ revisions: database.revisions, clock, sha256 }, actor, {
    operation: 'backup.restore',
    title: 'The policy of a backup',
    reason: `A backup up to serial ${highestSerial} was restored, and clients have seen serial ${serialFloor}.`,
  })
  if (!republished.ok && republished.problem.code !== 'no_revision') {
    return refuse(io, json, 69, [
      `The backup is restored, but its policy was not published above serial ${serialFloor} (${republished.problem.code}). Publish any change: it gets a serial above that.`,
    ])
  }
  const serial = republished.ok ? republished.value.serial : undefined
  if (json) {
    printJson(io, { done: true, rows, highestSerial, sha256: restored.sha256, serial })
    return 0
  }
  io.print(`Restored ${rows} rows, up to serial ${highestSerial}.`)
  if (serial !== undefined)
    io.print(`Published its policy again as revision ${serial}, above what clients have seen.`)
  return 0
}

function sentence(file: string, place: string, problem: RestoreProblem): string {
  switch (problem.code) {
    case 'unavailable':
      return 'The database does not answer. Nothing was restored.'
    case 'not_empty':
      return `There is something in ${place} already. Restore into an empty database: move the file away, or name another.`
    case 'not_read':
      return `${file} cannot be read: ${problem.reason}.`
    case 'not_a_backup':
      return `${file} is no backup of Hivewarden.`
    case 'newer':
      return `${file} was written by Hivewarden ${problem.writtenBy}, which is newer than this one. Restore it with that version or a newer one.`
    case 'truncated':
      return `${file} is cut off. Nothing was restored: take another backup.`
    case 'damaged':
      return `${file} is damaged: ${problem.reason}. Nothing was restored: take another backup.`
  }
}
