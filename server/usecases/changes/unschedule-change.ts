import type { Actor } from '../../../domain/actor.ts'
import { quoted } from '../../../domain/audit/draft-event.ts'
import type { Change } from '../../../domain/changes/change.ts'
import { unscheduleChange as unscheduled } from '../../../domain/changes/change-lifecycle.ts'
import type { Governance, Outcome } from './governance.ts'
import { changeEvent, type SeenChange, takeStep } from './take-step.ts'

/** The change stays approved and waits for a person. */
export const unscheduleChange = (governance: Governance, actor: Actor, seen: SeenChange): Outcome<Change> =>
  takeStep(governance, actor, seen, {
    operation: 'change.schedule',
    take: unscheduled,
    tell: ({ id, title, version }) =>
      changeEvent(
        governance,
        actor,
        { id },
        {
          kind: 'change.unscheduled',
          words: `Took the time of publishing from ${quoted(title)}.`,
          data: { version },
        },
      ),
  })
