import { mayDo } from '../../../domain/access/roles.ts'
import type { Actor } from '../../../domain/actor.ts'
import { draftEvent } from '../../../domain/audit/draft-event.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import type { Clock } from '../../ports/clock.ts'
import type { RevisionStore } from '../../ports/revision-store.ts'

interface FloorPorts {
  readonly revisions: Pick<RevisionStore, 'raiseSerialFloor'>
  readonly clock: Clock
}

/** Lets the next revision stand above what clients have seen of another manager. Never lowers anything. */
export async function raiseSerialFloor(
  { revisions, clock }: FloorPorts,
  actor: Actor,
  floor: number,
): Promise<Result<'raised' | 'not_higher', { readonly code: 'forbidden' | 'unavailable' }>> {
  if (!mayDo(actor.roles, 'backup.restore')) return fail({ code: 'forbidden' })
  const raised = await revisions.raiseSerialFloor(
    floor,
    draftEvent({
      kind: 'serial.floor_raised',
      at: clock.now(),
      actor,
      subject: { kind: 'database', id: 'serial' },
      words: `The next revision stands above serial ${floor}.`,
      data: { floor },
    }),
  )
  return raised === 'unavailable' ? fail({ code: 'unavailable' }) : ok(raised)
}
