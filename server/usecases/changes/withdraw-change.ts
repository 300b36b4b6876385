import type { Actor } from '../../../domain/actor.ts'
import { quoted } from '../../../domain/audit/draft-event.ts'
import type { Change } from '../../../domain/changes/change.ts'
import { withdrawChange as withdrawn } from '../../../domain/changes/change-lifecycle.ts'
import type { Governance, Outcome } from './governance.ts'
import { changeEvent, type SeenChange, takeStep } from './take-step.ts'

/** Gives the change up. It stays readable and can never be published. */
export const withdrawChange = (governance: Governance, actor: Actor, seen: SeenChange): Outcome<Change> =>
  takeStep(governance, actor, seen, {
    operation: 'change.withdraw',
    take: withdrawn,
    tell: ({ id, title, version }) =>
      changeEvent(
        governance,
        actor,
        { id },
        {
          kind: 'change.withdrawn',
          words: `Withdrew ${quoted(title)}.`,
          data: { version },
        },
      ),
  })
