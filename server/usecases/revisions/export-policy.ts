import type { Actor } from '../../../domain/actor.ts'
import { fail, ok } from '../../../domain/result.ts'
import { writePolicyFile } from '../../../domain/revisions/policy-file.ts'
import { authorise, type Governance, type Outcome } from '../changes/governance.ts'
import { readDocument } from './read-document.ts'

export interface ExportedPolicy {
  /** 0 where nothing was published. */
  readonly serial: number
  /** The policy file. */
  readonly text: string
}

/** The policy in force, or of an older revision, in the form that `applyPolicy` reads. */
export async function exportPolicy(
  governance: Governance,
  actor: Actor,
  asked: { readonly serial?: number } = {},
): Outcome<ExportedPolicy> {
  const allowed = authorise(actor, 'policy.read')
  if (!allowed.ok) return allowed
  const head = await governance.revisions.head()
  if (head === 'unavailable') return fail({ code: 'unavailable' })
  const serial = asked.serial ?? head?.serial ?? 0
  const document = await readDocument(governance, serial)
  return document.ok ? ok({ serial, text: writePolicyFile(document.value) }) : document
}
