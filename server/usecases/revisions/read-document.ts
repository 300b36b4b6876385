import type { PolicyDocument } from '../../../domain/policy/policy-document.ts'
import { fail, ok } from '../../../domain/result.ts'
import { readRevision } from '../../../domain/revisions/read-revision.ts'
import { emptyPolicy } from '../../../domain/revisions/revision.ts'
import type { Governance, Outcome } from '../changes/governance.ts'

/** The policy that a revision published; serial 0 stands for the empty one. */
export async function readDocument(governance: Governance, serial: number): Outcome<PolicyDocument> {
  if (serial === 0) return ok(emptyPolicy)
  if (!Number.isSafeInteger(serial) || serial < 0) return fail({ code: 'unknown_revision', serial })
  const stored = await governance.revisions.get(serial)
  if (stored === 'unavailable') return fail({ code: 'unavailable' })
  if (stored === undefined) return fail({ code: 'unknown_revision', serial })
  if (!stored.intact) return fail({ code: 'damaged_revision', serial })
  const reading = readRevision(stored.revision, governance.readCertificate)
  return reading.ok ? ok(reading.value) : fail({ code: 'damaged_revision', serial })
}
