import { exportPolicy } from '../../usecases/revisions/export-policy.ts'
import type { CommandIo, ExitCode } from '../command.ts'
import { printJson } from '../local/refuse.ts'
import { refuseChange } from '../local/refuse-change.ts'
import { type LocalArguments, withLocalDatabase } from '../local/with-local-database.ts'

export const runPolicyExport = (
  given: LocalArguments & { readonly serial?: number },
  io: CommandIo,
): Promise<ExitCode> =>
  withLocalDatabase(given, io, async ({ governance, actor }) => {
    const asked = given.serial === undefined ? {} : { serial: given.serial }
    const exported = await exportPolicy(governance, actor, asked)
    if (!exported.ok) return refuseChange(io, given.json, exported.problem)
    const { serial, text } = exported.value
    if (given.json) printJson(io, { serial, policy: JSON.parse(text) })
    else io.print(text.trimEnd())
    return 0
  })
