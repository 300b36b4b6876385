import { mayDo, type Operation } from '../../../domain/access/roles.ts'
import type { Actor } from '../../../domain/actor.ts'
import type { RequiredApprovals } from '../../../domain/changes/change.ts'
import type { ChangeProblem } from '../../../domain/changes/change-problem.ts'
import type { PolicyContext, ReadCertificate } from '../../../domain/policy/policy-context.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import type { AuditLog } from '../../ports/audit-log.ts'
import type { ChangeStore } from '../../ports/change-store.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Sha256 } from '../../ports/digest.ts'
import type { RevisionStore } from '../../ports/revision-store.ts'

/** What the deeds with changes and revisions need of the world. */
export interface Governance {
  readonly revisions: RevisionStore
  readonly changes: ChangeStore
  readonly audit: AuditLog
  readonly clock: Clock
  readonly sha256: Sha256
  /** An id that nobody can guess and that was never given before. */
  readonly newId: () => string
  readonly readCertificate: ReadCertificate
  /** The setting as it is now. */
  readonly requiredApprovals: () => RequiredApprovals
}

export type Outcome<Value> = Promise<Result<Value, ChangeProblem>>

/** The first step of every deed, so that screens, API and commands cannot differ. */
export const authorise = (actor: Actor, operation: Operation): Result<Actor, ChangeProblem> =>
  mayDo(actor.roles, operation) ? ok(actor) : fail({ code: 'forbidden', operation })

export const nowInSeconds = ({ clock }: Pick<Governance, 'clock'>): number => Math.floor(clock.now() / 1000)

export const policyContext = (governance: Governance): PolicyContext => ({
  now: nowInSeconds(governance),
  readCertificate: governance.readCertificate,
})

const LONGEST_PAGE = 100

/** How long a page of a list gets, whatever is asked for. */
export const pageSize = (asked: number): number =>
  Number.isNaN(asked) ? 1 : Math.min(LONGEST_PAGE, Math.max(1, Math.trunc(asked)))
