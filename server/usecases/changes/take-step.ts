import type { Operation } from '../../../domain/access/roles.ts'
import type { Actor } from '../../../domain/actor.ts'
import { draftEvent, type Happening } from '../../../domain/audit/draft-event.ts'
import type { AuditDraft, AuditKind } from '../../../domain/audit/event.ts'
import type { Change } from '../../../domain/changes/change.ts'
import type { ChangeProblem } from '../../../domain/changes/change-problem.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import { authorise, type Governance, nowInSeconds, type Outcome } from './governance.ts'

/** The change as the caller saw it: a step that was decided on an older sight of it is refused. */
export interface SeenChange {
  readonly id: string
  readonly version: number
}

export interface Step {
  readonly operation: Operation
  take(change: Change, now: number): Result<Change, ChangeProblem>
  tell(after: Change, before: Change): AuditDraft
}

/** Loads the change, takes one step of its life and saves it together with its audit event. */
export async function takeStep(
  governance: Governance,
  actor: Actor,
  seen: SeenChange,
  step: Step,
): Outcome<Change> {
  const allowed = authorise(actor, step.operation)
  if (!allowed.ok) return allowed
  const found = await seeChange(governance, seen)
  if (!found.ok) return found
  const taken = step.take(found.value, nowInSeconds(governance))
  if (!taken.ok) return taken
  const event = step.tell(taken.value, found.value)
  const outcome = await governance.changes.save(taken.value, seen.version, event)
  switch (outcome) {
    case 'saved':
      return ok(taken.value)
    case 'conflict':
      return fail({ code: 'moved' })
    case 'not_found':
    case 'unavailable':
      return fail({ code: outcome })
  }
}

/** The change, if it is still the one that the caller saw. */
export async function seeChange(governance: Governance, seen: SeenChange): Outcome<Change> {
  const change = await governance.changes.get(seen.id)
  if (change === 'unavailable') return fail({ code: 'unavailable' })
  if (change === undefined) return fail({ code: 'not_found' })
  return change.version === seen.version ? ok(change) : fail({ code: 'moved', version: change.version })
}

/** An event about a change. */
export const changeEvent = <Kind extends AuditKind>(
  governance: Governance,
  actor: Actor,
  change: Pick<Change, 'id'>,
  told: Pick<Happening<Kind>, 'kind' | 'words' | 'before' | 'after' | 'data'>,
): AuditDraft =>
  draftEvent({ at: governance.clock.now(), actor, subject: { kind: 'change', id: change.id }, ...told })
