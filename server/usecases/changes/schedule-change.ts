import type { Actor } from '../../../domain/actor.ts'
import { quoted } from '../../../domain/audit/draft-event.ts'
import type { Change } from '../../../domain/changes/change.ts'
import { scheduleChange as scheduled } from '../../../domain/changes/change-lifecycle.ts'
import { formatInstant } from '../../../domain/instant.ts'
import type { Governance, Outcome } from './governance.ts'
import { changeEvent, type SeenChange, takeStep } from './take-step.ts'

/**
 * Lets the manager publish the change by itself.
 * @param at Unix seconds
 */
export const scheduleChange = (
  governance: Governance,
  actor: Actor,
  seen: SeenChange,
  at: number,
): Outcome<Change> =>
  takeStep(governance, actor, seen, {
    operation: 'change.schedule',
    take: (change, now) => scheduled(change, at, governance.requiredApprovals(), now),
    tell: ({ id, title, version }) =>
      changeEvent(
        governance,
        actor,
        { id },
        {
          kind: 'change.scheduled',
          words: `Set ${quoted(title)} to be published at ${formatInstant(at)}.`,
          data: { version, publishAt: at },
        },
      ),
  })
