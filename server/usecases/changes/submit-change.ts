import type { Actor } from '../../../domain/actor.ts'
import { quoted } from '../../../domain/audit/draft-event.ts'
import type { Change } from '../../../domain/changes/change.ts'
import { submitChange as submitted } from '../../../domain/changes/change-lifecycle.ts'
import type { Governance, Outcome } from './governance.ts'
import { changeEvent, type SeenChange, takeStep } from './take-step.ts'

/** Asks for a review. Where none is required, the change is approved at once. */
export const submitChange = (governance: Governance, actor: Actor, seen: SeenChange): Outcome<Change> =>
  takeStep(governance, actor, seen, {
    operation: 'change.submit',
    take: (change, now) => submitted(change, governance.requiredApprovals(), now),
    tell: ({ id, title, version, state }) =>
      changeEvent(
        governance,
        actor,
        { id },
        {
          kind: 'change.submitted',
          words: `Submitted ${quoted(title)} for review.`,
          data: { version, state },
        },
      ),
  })
