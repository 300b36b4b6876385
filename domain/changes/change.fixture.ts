import type { ActorName } from '../actor.ts'
import { singleLayer } from '../policy/single-layer.ts'
import type { Change } from './change.ts'
import { startChange } from './change-lifecycle.ts'

export const ada: ActorName = { kind: 'administrator', id: 'ada', name: 'Ada' }
export const ben: ActorName = { kind: 'administrator', id: 'ben', name: 'Ben' }
export const cleo: ActorName = { kind: 'administrator', id: 'cleo', name: 'Cleo' }

export const hidden = { value: false, enforcement: 'enforced' } as const
export const shown = { value: true, enforcement: 'default' } as const

/** A draft of Ada's that hides the playground, made at second 1000. */
export const draft = (over: Partial<Change> = {}): Change => ({
  ...startChange(
    {
      id: 'c1',
      title: 'Hide the playground',
      reason: 'Nobody uses it.',
      author: ada,
      baseSerial: 1,
      document: singleLayer({ playground: hidden }),
    },
    1000,
  ),
  ...over,
})
