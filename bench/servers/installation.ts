import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateSigningKey } from '../../server/adapters/key-material/generate-signing-key.ts'
import { benchPolicy } from './bench-policy.ts'

/** The files of an installation that a policy file governs, in a folder of their own. */
export interface Installation {
  readonly folder: string
  readonly settingsFile: string
  /** Puts another policy in place, in one step as an orchestrator would. */
  changePolicy(edition: number): Promise<void>
  remove(): Promise<void>
}

export async function makeInstallation(issuer: string, audience: string): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), 'hivewarden-bench-'))
  const policyFile = join(folder, 'policy.json')
  const keyFile = join(folder, 'signing.pem')
  const settingsFile = join(folder, 'hivewarden.json')
  await writeFile(policyFile, benchPolicy(0))
  await writeFile(keyFile, generateSigningKey().pem, { mode: 0o600 })
  await writeFile(
    settingsFile,
    JSON.stringify({
      clientID: 'toolhive',
      idpConfig: { issuer, audience },
      signingConfig: { keyFile },
      enterpriseConfigFile: policyFile,
      dataDir: folder,
      logging: { level: 'warn' },
    }),
  )
  return {
    folder,
    settingsFile,
    async changePolicy(edition) {
      const next = join(folder, 'policy.next.json')
      await writeFile(next, benchPolicy(edition))
      await rename(next, policyFile)
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
