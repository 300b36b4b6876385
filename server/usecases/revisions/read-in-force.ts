import type { PolicyDocument } from '../../../domain/policy/policy-document.ts'
import { fail, ok } from '../../../domain/result.ts'
import { emptyPolicy } from '../../../domain/revisions/revision.ts'
import type { RevisionHead } from '../../ports/revision-store.ts'
import type { Governance, Outcome } from '../changes/governance.ts'
import { readDocument } from './read-document.ts'

export interface InForce {
  /** 0 where nothing was published. */
  readonly serial: number
  /** What the next revision is linked to; absent where nothing was published. */
  readonly head?: RevisionHead
  /** The policy of the newest revision or, where that is damaged, of the newest one that is whole. */
  readonly document: PolicyDocument
  /** What the newest revision says cannot be known any more. */
  readonly damaged: boolean
}

/** The policy that the next one is compared with. */
export async function readInForce(governance: Governance): Outcome<InForce> {
  const head = await governance.revisions.head()
  if (head === 'unavailable') return fail({ code: 'unavailable' })
  if (head === undefined) return ok({ serial: 0, document: emptyPolicy, damaged: false })
  const newest = await readDocument(governance, head.serial)
  const base = { serial: head.serial, head }
  if (newest.ok) return ok({ ...base, document: newest.value, damaged: false })
  if (newest.problem.code === 'unavailable') return newest
  const whole = await readNewestWhole(governance, head.serial)
  return whole.ok ? ok({ ...base, document: whole.value, damaged: true }) : whole
}

async function readNewestWhole(governance: Governance, below: number): Outcome<PolicyDocument> {
  let before = below
  for (;;) {
    const page = await governance.revisions.list({ before, limit: 1 })
    if (page === 'unavailable') return fail({ code: 'unavailable' })
    const [candidate] = page
    if (candidate === undefined) return ok(emptyPolicy)
    const document = await readDocument(governance, candidate.serial)
    if (document.ok || document.problem.code === 'unavailable') return document
    before = candidate.serial
  }
}
