import { systemActor } from '../../../domain/actor.ts'
import { quoted } from '../../../domain/audit/draft-event.ts'
import { unscheduleChange } from '../../../domain/changes/change-lifecycle.ts'
import type { ChangeProblem } from '../../../domain/changes/change-problem.ts'
import { type Governance, nowInSeconds, type Outcome } from './governance.ts'
import { publishChange } from './publish-change.ts'
import { changeEvent, type SeenChange, takeStep } from './take-step.ts'

const PAGE = 20

export interface DueChanges {
  /** Serials of what was published. */
  readonly published: readonly number[]
  /** What could not be published and waits for a person again. */
  readonly failed: readonly { readonly id: string; readonly problem: ChangeProblem }[]
  /** There may be more to do: ask again soon. */
  readonly more: boolean
}

/**
 * Publishes the changes whose time has come, the earliest first. To be called every few seconds, by each replica:
 * whoever is second finds the change published. One that cannot be published is taken off the schedule, so that it
 * is tried once and told of once.
 */
export async function publishDueChanges(governance: Governance): Promise<DueChanges> {
  const due = await governance.changes.due(nowInSeconds(governance), PAGE)
  if (due === 'unavailable') return { published: [], failed: [], more: true }
  const published: number[] = []
  const failed: { id: string; problem: ChangeProblem }[] = []
  for (const { id, version, title } of due) {
    const outcome = await publishChange(governance, systemActor, { id, version })
    if (outcome.ok) {
      published.push(outcome.value.revision.serial)
      continue
    }
    const { problem } = outcome
    if (isPassing(problem)) return { published, failed, more: true }
    if (isDoneElsewhere(problem)) continue
    const taken = await takeOffSchedule(governance, { id, version }, title, problem)
    if (taken.ok) failed.push({ id, problem })
  }
  return { published, failed, more: due.length === PAGE }
}

const isPassing = ({ code }: ChangeProblem): boolean =>
  code === 'unavailable' || code === 'busy' || code === 'clock_behind'

const isDoneElsewhere = ({ code }: ChangeProblem): boolean =>
  code === 'moved' || code === 'closed' || code === 'not_found'

/** When somebody else took a step meanwhile, that step has decided: there is nothing left to do. */
const takeOffSchedule = (
  governance: Governance,
  seen: SeenChange,
  title: string,
  problem: ChangeProblem,
): Outcome<unknown> =>
  takeStep(governance, systemActor, seen, {
    operation: 'change.schedule',
    take: unscheduleChange,
    tell: ({ id, version }) =>
      changeEvent(
        governance,
        systemActor,
        { id },
        {
          kind: 'change.schedule_failed',
          words: `Did not publish ${quoted(title)} at the time that was set: ${problem.code}.`,
          data: { version, because: problem.code },
        },
      ),
  })
