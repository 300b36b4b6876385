import type { Actor } from '../../../domain/actor.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import { firstKey } from '../../../domain/signing-keys/key-lifecycle.ts'
import type { SealedKey } from '../../ports/key-vault.ts'
import {
  changeKeyRing,
  type KeyRingPorts,
  type KeyRingProblem,
  withPrivateHalves,
} from './change-key-ring.ts'
import { keyEvent } from './key-event.ts'

export interface FirstKey {
  readonly key: SealedKey
  readonly origin: 'created' | 'imported'
}

/** The first key of an installation signs at once. Where another replica was quicker its key stays the only one. */
export function setFirstKey(
  ports: KeyRingPorts,
  actor: Actor,
  { key, origin }: FirstKey,
): Promise<Result<{ readonly kid: string }, KeyRingProblem | { readonly code: 'has_keys' }>> {
  const { kid } = key.publicJwk
  return changeKeyRing(ports, actor, origin === 'created' ? 'key.rotate' : 'key.import', (ring, moment) =>
    ring.length > 0
      ? fail({ code: 'has_keys' })
      : ok({
          keys: withPrivateHalves(firstKey(key.publicJwk, moment.now), [key]),
          event: keyEvent({
            kind: origin === 'created' ? 'key.created' : 'key.imported',
            at: moment.at,
            actor,
            words: `${origin === 'created' ? 'Made' : 'Imported'} the first signing key ${kid}.`,
            data: { kid },
          }),
          outcome: { kid },
        }),
  )
}
