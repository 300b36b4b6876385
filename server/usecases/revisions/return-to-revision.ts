import type { Actor } from '../../../domain/actor.ts'
import { diffPolicies } from '../../../domain/policy/diff-policies.ts'
import { fail } from '../../../domain/result.ts'
import { authorise, type Governance, type Outcome } from '../changes/governance.ts'
import { proposeChange, type WrittenChange } from '../changes/propose-change.ts'
import { readDocument } from './read-document.ts'
import { readInForce } from './read-in-force.ts'

/** Makes a change that brings the policy of an older revision back. History is never written again. */
export async function returnToRevision(
  governance: Governance,
  actor: Actor,
  asked: { readonly serial: number; readonly reason: string },
): Outcome<WrittenChange> {
  const allowed = authorise(actor, 'revision.return')
  if (!allowed.ok) return allowed
  const wanted = await readDocument(governance, asked.serial)
  if (!wanted.ok) return wanted
  const inForce = await readInForce(governance)
  if (!inForce.ok) return inForce
  const { serial, document, damaged } = inForce.value
  if (damaged) return fail({ code: 'damaged_revision', serial })
  if (diffPolicies(document, wanted.value).length === 0) return fail({ code: 'no_difference' })
  return proposeChange(governance, actor, {
    title: `Return to revision ${asked.serial}`,
    reason: asked.reason,
    baseSerial: serial,
    document: wanted.value,
  })
}
