import { formatInstant } from '../../../domain/instant.ts'
import { sha256 } from '../../adapters/system/sha256.ts'
import { type Replacement, replaceStolenKey } from '../../usecases/signing-keys/replace-stolen-key.ts'
import { type Rotation, rotateKeys } from '../../usecases/signing-keys/rotate-keys.ts'
import type { CommandIo, ExitCode } from '../command.ts'
import { printJson } from '../local/refuse.ts'
import type { LocalArguments } from '../local/with-local-database.ts'
import { refuseKeyDeed } from './refuse-key-deed.ts'
import { withKeyVault } from './with-key-vault.ts'

export const runKeysRotate = (
  given: LocalArguments & { readonly stolen: boolean },
  io: CommandIo,
): Promise<ExitCode> =>
  withKeyVault(given, io, async ({ database, settings, clock, actor, vault }) => {
    const { keys, revisions } = database
    const key = vault.generate()
    if (given.stolen) {
      const replaced = await replaceStolenKey({ keys, revisions, clock, sha256 }, actor, key)
      return replaced.ok
        ? printReplacement(replaced.value, given.json, io)
        : refuseKeyDeed(io, given.json, replaced.problem)
    }
    const longestTtl = settings['signingConfig.envelopeTTL'].seconds
    const rotated = await rotateKeys({ keys, clock }, actor, { key, origin: 'created', longestTtl })
    if (!rotated.ok) return refuseKeyDeed(io, given.json, rotated.problem)
    printRotation(rotated.value, given.json, io)
    return 0
  })

export function printRotation(rotation: Rotation, json: boolean, io: CommandIo): void {
  if (json) {
    printJson(io, { done: true, ...rotation })
    return
  }
  io.print(`Next key: ${rotation.kid}`)
  io.print(`It is published now and signs from ${formatInstant(rotation.signsFrom)} on.`)
  io.print(`${rotation.previousKid} stays published until ${formatInstant(rotation.previousPublishedUntil)}.`)
}

function printReplacement(replacement: Replacement, json: boolean, io: CommandIo): ExitCode {
  const { kid, stolenKid, republished } = replacement
  const raised = republished.ok || republished.problem.code === 'no_revision'
  if (json) {
    const outcome = republished.ok
      ? { serial: republished.value.serial }
      : { notRaised: republished.problem.code }
    printJson(io, { done: raised, kid, stolenKid, ...outcome })
    return raised ? 0 : 69
  }
  io.print(`${kid} signs in the place of ${stolenKid}, which is out of the JWKS.`)
  if (republished.ok) {
    io.print(`Revision ${republished.value.serial} makes every client fetch its policy anew.`)
  } else if (raised) {
    io.print('A file governs the policy: raise `serial` in the settings, so that every client fetches anew.')
  } else {
    io.printError(
      `The policy was not published again (${republished.problem.code}), so clients may keep what they have until it expires. Run this command again.`,
    )
  }
  return raised ? 0 : 69
}
