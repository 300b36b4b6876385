import { formatInstant } from '../../../domain/instant.ts'
import type { RotationProblem } from '../../../domain/signing-keys/key-lifecycle.ts'
import type { RetirementProblem } from '../../../domain/signing-keys/retire-key.ts'
import type { KeyRingProblem } from '../../usecases/signing-keys/change-key-ring.ts'
import type { CommandIo, ExitCode } from '../command.ts'
import { refuse } from '../local/refuse.ts'

type KeyProblem = KeyRingProblem | RotationProblem | RetirementProblem | { readonly code: 'has_keys' }

export function refuseKeyDeed(io: CommandIo, json: boolean, problem: KeyProblem): ExitCode {
  const code = problem.code === 'unavailable' || problem.code === 'busy' ? 69 : 1
  return refuse(io, json, code, [`${sentence(problem)} Nothing was changed.`])
}

function sentence(problem: KeyProblem): string {
  switch (problem.code) {
    case 'forbidden':
      return 'You may not do this.'
    case 'unavailable':
      return 'The database does not answer.'
    case 'busy':
    case 'has_keys':
      return 'Somebody else changes the keys at this moment: try again.'
    case 'no_active_key':
      return 'There is no signing key. Start the manager, which makes one, or import one: hivewarden keys import FILE'
    case 'known_key':
      return 'This key is in the database already.'
    case 'rotation_under_way':
      return `A rotation is under way: the next key signs from ${formatInstant(problem.until)} on. Withdraw it with hivewarden keys retire KID.`
    case 'unknown_key':
      return 'There is no such key. hivewarden keys list shows those that there are.'
    case 'signs_now':
      return 'This key signs now. Set a successor with hivewarden keys rotate; if it may be in foreign hands, add --stolen.'
    case 'already_retired':
      return 'This key is retired already.'
  }
}
