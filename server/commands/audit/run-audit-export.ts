import { open, rm } from 'node:fs/promises'
import { type AuditExport, exportAudit } from '../../usecases/audit/export-audit.ts'
import type { CommandIo, ExitCode } from '../command.ts'
import { printJson, refuse } from '../local/refuse.ts'
import { refuseChange } from '../local/refuse-change.ts'
import { type LocalArguments, type LocalDatabase, withLocalDatabase } from '../local/with-local-database.ts'

interface ExportArguments extends LocalArguments {
  readonly file: string
  readonly form: AuditExport['form']
}

export const runAuditExport = (given: ExportArguments, io: CommandIo): Promise<ExitCode> =>
  withLocalDatabase(given, io, async (local) => {
    try {
      return await exportInto(given, local, io)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
      if (code === undefined) throw error
      return refuse(io, given.json, 1, [
        code === 'EEXIST'
          ? `${given.file} exists and is left as it is. Name another file.`
          : `${given.file} cannot be written (${code}).`,
      ])
    }
  })

/** Whole or not at all, for this account alone: it says who did what. */
async function exportInto(
  { file, form, json }: ExportArguments,
  { governance, actor }: LocalDatabase,
  io: CommandIo,
): Promise<ExitCode> {
  const handle = await open(file, 'wx', 0o600)
  let whole = false
  try {
    const exported = await exportAudit(governance, actor, {
      form,
      write: (piece) => handle.appendFile(piece),
    })
    if (!exported.ok) return refuseChange(io, json, exported.problem)
    await handle.sync()
    whole = true
    const { events, last } = exported.value
    if (json) printJson(io, { done: true, file, form, events, last })
    else {
      io.print(`Wrote ${events} events to ${file}.`)
      if (last.sequence > 0) io.print(`Last event: ${last.sequence}:${last.hash}`)
    }
    return 0
  } finally {
    await handle.close()
    if (!whole) await rm(file, { force: true })
  }
}
