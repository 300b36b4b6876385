import { openKeyVault } from '../../open-key-vault.ts'
import type { StoredKey } from '../../ports/key-store.ts'
import type { KeyVault } from '../../ports/key-vault.ts'
import type { CommandIo, ExitCode } from '../command.ts'
import { refuse } from '../local/refuse.ts'
import { type LocalArguments, type LocalDatabase, withLocalDatabase } from '../local/with-local-database.ts'

interface KeyRoom extends LocalDatabase {
  readonly vault: KeyVault
  /** The keys as they were when the command began. */
  readonly ring: readonly StoredKey[]
}

/** Opens the database and the vault of its signing keys. Not where a file holds the key: there the file is changed. */
export const withKeyVault = (
  given: LocalArguments,
  io: CommandIo,
  work: (room: KeyRoom) => Promise<ExitCode>,
  wishes: { readonly mayCreate?: boolean } = {},
): Promise<ExitCode> =>
  withLocalDatabase(
    given,
    io,
    async (local) => {
      const keyFile = local.settings['signingConfig.keyFile']
      if (keyFile !== undefined) {
        return refuse(io, given.json, 78, [
          `The signing key of this installation is in ${keyFile}. Rotate it there, or take signingConfig.keyFile out of the settings.`,
        ])
      }
      const ring = await local.database.keys.read()
      if (ring === 'unavailable') return refuse(io, given.json, 69, ['The database does not answer.'])
      const vault = openKeyVault(local.settings, ring.keys.length > 0)
      if (!vault.ok) return refuse(io, given.json, 78, [vault.problem])
      // A key sealed under another master key than the others could be opened by nobody who opens those.
      if (ring.keys.length > 0 && !ring.keys.some((key) => vault.value.signer(key) !== undefined)) {
        return refuse(io, given.json, 78, [
          'The keys in this database do not open under this master key. Give the one that sealed them: HIVEWARDEN_MASTER_KEY_FILE.',
        ])
      }
      return work({ ...local, vault: vault.value, ring: ring.keys })
    },
    wishes,
  )
