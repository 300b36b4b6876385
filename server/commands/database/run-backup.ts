import { draftEvent } from '../../../domain/audit/draft-event.ts'
import type { BackupProblem } from '../../ports/database.ts'
import type { CommandIo, ExitCode } from '../command.ts'
import { printJson, refuse } from '../local/refuse.ts'
import { type LocalArguments, withLocalDatabase } from '../local/with-local-database.ts'
import { showProgress } from './show-progress.ts'

export const runBackup = (
  given: LocalArguments & { readonly file: string },
  io: CommandIo,
): Promise<ExitCode> =>
  withLocalDatabase(given, io, async ({ database, clock, actor }) => {
    const made = await database.backup(given.file, showProgress(io, 'rows written'))
    if (!made.ok)
      return refuse(io, given.json, exitCodeOf(made.problem), [sentence(given.file, made.problem)])
    const { file, bytes, rows, highestSerial, sha256 } = made.value
    const told = await database.audit.append(
      draftEvent({
        kind: 'backup.made',
        at: clock.now(),
        actor,
        subject: { kind: 'database', id: sha256 },
        words: `Made a backup up to serial ${highestSerial}.`,
        data: { bytes },
      }),
    )
    if (told === 'unavailable') {
      return refuse(io, given.json, 69, [`${file} is whole, but the audit log could not be told of it.`])
    }
    if (given.json) {
      printJson(io, { done: true, file, bytes, rows, highestSerial, sha256 })
      return 0
    }
    io.print(`Wrote ${file}: ${rows} rows in ${bytes} bytes, up to serial ${highestSerial}.`)
    io.print(`SHA-256 of its content: ${sha256}`)
    io.print('The signing keys in it open under the master key alone. Keep a copy of that in another place.')
    return 0
  })

const exitCodeOf = ({ code }: BackupProblem): ExitCode => (code === 'unavailable' ? 69 : 1)

function sentence(file: string, problem: BackupProblem): string {
  switch (problem.code) {
    case 'unavailable':
      return 'The database does not answer. Nothing was written.'
    case 'file_exists':
      return `${file} exists and is left as it is. Name another file.`
    case 'not_written':
      return `${file} was not written: ${problem.reason}`
  }
}
