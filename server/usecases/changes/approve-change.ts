import type { Actor } from '../../../domain/actor.ts'
import { quoted } from '../../../domain/audit/draft-event.ts'
import type { Change } from '../../../domain/changes/change.ts'
import { approveChange as approved } from '../../../domain/changes/change-lifecycle.ts'
import type { Governance, Outcome } from './governance.ts'
import { changeEvent, type SeenChange, takeStep } from './take-step.ts'

/** Agrees to the change in the version that the approver saw. */
export const approveChange = (governance: Governance, actor: Actor, seen: SeenChange): Outcome<Change> =>
  takeStep(governance, actor, seen, {
    operation: 'change.approve',
    take: (change, now) => approved(change, actor, governance.requiredApprovals(), now),
    tell: ({ id, title, state }, { version }) =>
      changeEvent(
        governance,
        actor,
        { id },
        {
          kind: 'change.approved',
          words: `Approved ${quoted(title)}.`,
          data: { version, state },
        },
      ),
  })
