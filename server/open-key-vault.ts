import { join } from 'node:path'
import { ok, type Result } from '../domain/result.ts'
import { createKeyVault } from './adapters/key-material/create-key-vault.ts'
import { createSealing } from './adapters/sealing/create-sealing.ts'
import { loadMasterKey } from './adapters/sealing/load-master-key.ts'
import type { Settings } from './config/settings.ts'
import type { KeyVault } from './ports/key-vault.ts'

/**
 * The vault under the master key of this installation. The master key is made where nothing is sealed yet and nobody
 * named a file: anywhere else a new one would open nothing.
 */
export function openKeyVault(settings: Settings, somethingSealed: boolean): Result<KeyVault, string> {
  const named = settings['database.masterKeyFile'] !== undefined
  const masterKey = loadMasterKey({
    file: masterKeyFile(settings),
    whenMissing: somethingSealed ? 'sealed' : named ? 'named' : 'create',
  })
  return masterKey.ok ? ok(createKeyVault(createSealing(masterKey.value))) : masterKey
}

export const masterKeyFile = (settings: Settings): string =>
  settings['database.masterKeyFile'] ?? join(settings.dataDir, 'master.key')
