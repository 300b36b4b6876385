import { escapeUnsafeCharacters } from '../../../domain/policy/unsafe-characters.ts'
import { isRemoval, planInWords } from '../../../domain/revisions/plan-changes.ts'
import { type PolicyPlan, planPolicy } from '../../usecases/revisions/plan-policy.ts'
import type { CommandIo, ExitCode } from '../command.ts'
import { printJson, refuse } from '../local/refuse.ts'
import { refuseChange } from '../local/refuse-change.ts'
import { type LocalArguments, withLocalDatabase } from '../local/with-local-database.ts'
import { readPolicySource } from './read-policy-source.ts'

export async function runPolicyPlan(
  given: LocalArguments & { readonly file: string },
  io: CommandIo,
): Promise<ExitCode> {
  const source = await readPolicySource(given.file)
  if (!source.ok) return refuse(io, given.json, source.problem.code, source.problem.lines)
  return withLocalDatabase(given, io, async ({ governance, actor }) => {
    const planned = await planPolicy(governance, actor, source.value)
    if (!planned.ok) return refuseChange(io, given.json, planned.problem)
    if (given.json) printJson(io, asJson(planned.value))
    else printPlan(planned.value, io)
    return 0
  })
}

const asJson = ({ serial, damaged, changes, warnings }: PolicyPlan): object => ({
  serial,
  damaged,
  differs: changes.length > 0,
  removes: changes.some(isRemoval),
  changes,
  warnings,
})

function printPlan({ serial, damaged, changes, warnings }: PolicyPlan, io: CommandIo): void {
  if (damaged) io.print(`Revision ${serial} is damaged: the plan is against the newest one that is whole.`)
  for (const { path, message } of warnings) io.print(escapeUnsafeCharacters(`Warning at ${path}: ${message}`))
  if (changes.length === 0) {
    io.print(`No difference from revision ${serial}.`)
    return
  }
  for (const words of planInWords(changes)) io.print(words.split('\n').map(escapeUnsafeCharacters).join('\n'))
  io.print('')
  const count = (action: string): number => changes.filter((change) => change.action === action).length
  io.print(
    `Against revision ${serial}: ${count('add')} to add, ${count('change')} to change, ${count('remove')} to remove.`,
  )
}
