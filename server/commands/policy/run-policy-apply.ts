import { escapeUnsafeCharacters } from '../../../domain/policy/unsafe-characters.ts'
import { planInWords } from '../../../domain/revisions/plan-changes.ts'
import { isFileGoverned } from '../../config/is-file-governed.ts'
import { raiseSerialFloor } from '../../usecases/policy/raise-serial-floor.ts'
import { type Applied, applyPolicy, type PolicyApplication } from '../../usecases/revisions/apply-policy.ts'
import type { CommandIo, ExitCode } from '../command.ts'
import { printJson, refuse } from '../local/refuse.ts'
import { refuseChange } from '../local/refuse-change.ts'
import { type LocalArguments, withLocalDatabase } from '../local/with-local-database.ts'
import { readPolicySource } from './read-policy-source.ts'

export type ApplyArguments = LocalArguments &
  Omit<PolicyApplication, 'file'> & {
    readonly file: string
    readonly allowDelete: boolean
    readonly serialFloor?: number
  }

export async function runPolicyApply(given: ApplyArguments, io: CommandIo): Promise<ExitCode> {
  const { config: _config, json, file, serialFloor, ...wishes } = given
  const source = await readPolicySource(file)
  if (!source.ok) return refuse(io, json, source.problem.code, source.problem.lines)
  return withLocalDatabase(
    given,
    io,
    async ({ settings, database, clock, governance, actor }) => {
      if (isFileGoverned(settings)) {
        return refuse(io, json, 78, [
          'A file governs the policy of this installation. Change that file, or take it out of the settings.',
        ])
      }
      if (serialFloor !== undefined) {
        const raised = await raiseSerialFloor({ revisions: database.revisions, clock }, actor, serialFloor)
        if (!raised.ok) return refuse(io, json, 69, ['The database does not answer. Nothing was changed.'])
      }
      const applied = await applyPolicy(governance, actor, { ...wishes, file: source.value })
      if (!applied.ok) return refuseChange(io, json, applied.problem)
      if (json) printJson(io, { done: true, ...applied.value })
      else printApplied(applied.value, io)
      return 0
    },
    { mayCreate: true },
  )
}

function printApplied(applied: Applied, io: CommandIo): void {
  if (applied.kind === 'unchanged') {
    io.print(`No difference from revision ${applied.serial}. Nothing was published.`)
    return
  }
  for (const { path, message } of applied.warnings) {
    io.print(escapeUnsafeCharacters(`Warning at ${path}: ${message}`))
  }
  for (const words of planInWords(applied.changes)) {
    io.print(words.split('\n').map(escapeUnsafeCharacters).join('\n'))
  }
  io.print(
    applied.kind === 'published'
      ? `Published revision ${applied.serial}.`
      : `Submitted change ${applied.changeId}. It waits for approval.`,
  )
}
