import type { Actor } from '../../../domain/actor.ts'
import { auditCsvHeader, auditCsvLine, auditJsonLine } from '../../../domain/audit/audit-files.ts'
import { draftEvent } from '../../../domain/audit/draft-event.ts'
import type { AuditHead } from '../../../domain/audit/event.ts'
import { fail, ok } from '../../../domain/result.ts'
import { authorise, type Governance, type Outcome } from '../changes/governance.ts'

const PAGE = 500

export interface ExportedAudit {
  readonly events: number
  /** The last event in the file. Kept elsewhere, it shows later whether the log was cut off or written anew. */
  readonly last: AuditHead
}

export interface AuditExport {
  readonly form: 'csv' | 'jsonl'
  /** Takes each piece of the file; the next one is made when it is done. */
  readonly write: (piece: string) => Promise<void>
}

/** Hands out the whole log in constant memory. That somebody did so is in the log before the first line is out. */
export async function exportAudit(
  governance: Pick<Governance, 'audit' | 'clock'>,
  actor: Actor,
  { form, write }: AuditExport,
): Outcome<ExportedAudit> {
  const allowed = authorise(actor, 'audit.export')
  if (!allowed.ok) return allowed
  const last = await governance.audit.head()
  if (last === 'unavailable') return fail({ code: 'unavailable' })
  const told = await governance.audit.append(
    draftEvent({
      kind: 'audit.exported',
      at: governance.clock.now(),
      actor,
      subject: { kind: 'audit', id: 'log' },
      words: `Exported the audit log up to event ${last?.sequence ?? 0}.`,
      data: { form, last: last?.sequence ?? 0 },
    }),
  )
  if (told === 'unavailable') return fail({ code: 'unavailable' })
  if (form === 'csv') await write(auditCsvHeader)
  const line = form === 'csv' ? auditCsvLine : auditJsonLine
  let events = 0
  let after = 0
  while (last !== undefined && after < last.sequence) {
    const page = await governance.audit.read({ after, limit: PAGE })
    if (page === 'unavailable') return fail({ code: 'unavailable' })
    const wanted = page.filter(({ sequence }) => sequence <= last.sequence)
    if (wanted.length === 0) break
    await write(wanted.map(line).join(''))
    events += wanted.length
    after = wanted.at(-1)?.sequence ?? last.sequence
  }
  return ok({ events, last: last ?? { sequence: 0, hash: '' } })
}
