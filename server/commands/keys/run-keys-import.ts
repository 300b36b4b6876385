import { limits } from '../../../domain/limits.ts'
import { readSigningKey } from '../../adapters/key-material/read-signing-key.ts'
import { readPrivateFile } from '../../adapters/system/read-private-file.ts'
import { rotateKeys } from '../../usecases/signing-keys/rotate-keys.ts'
import { setFirstKey } from '../../usecases/signing-keys/set-first-key.ts'
import type { CommandIo, ExitCode } from '../command.ts'
import { printJson, refuse } from '../local/refuse.ts'
import type { LocalArguments } from '../local/with-local-database.ts'
import { refuseKeyDeed } from './refuse-key-deed.ts'
import { printRotation } from './run-keys-rotate.ts'
import { withKeyVault } from './with-key-vault.ts'

export async function runKeysImport(
  given: LocalArguments & { readonly file: string },
  io: CommandIo,
): Promise<ExitCode> {
  // What is wrong with the file is said with the command that mends it.
  const checked = readSigningKey(given.file)
  if (!checked.ok) return refuse(io, given.json, 1, [checked.problem.message])
  const pem = readPrivateFile(given.file, limits.pem.bytes)
  if (!pem.ok) return refuse(io, given.json, 69, [`The file ${given.file} cannot be read any more.`])
  return withKeyVault(
    given,
    io,
    async ({ database, settings, clock, actor, vault, ring }) => {
      const key = vault.importPem(pem.value, given.file)
      if (!key.ok) return refuse(io, given.json, 1, [key.problem])
      const ports = { keys: database.keys, clock }
      const imported = { key: key.value, origin: 'imported' } as const
      if (ring.length === 0) {
        const set = await setFirstKey(ports, actor, imported)
        if (!set.ok) return refuseKeyDeed(io, given.json, set.problem)
        if (given.json) printJson(io, { done: true, kid: set.value.kid })
        else io.print(`Imported ${set.value.kid}. It is the key that signs.`)
        return 0
      }
      const longestTtl = settings['signingConfig.envelopeTTL'].seconds
      const rotated = await rotateKeys(ports, actor, { ...imported, longestTtl })
      if (!rotated.ok) return refuseKeyDeed(io, given.json, rotated.problem)
      printRotation(rotated.value, given.json, io)
      return 0
    },
    { mayCreate: true },
  )
}
