import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { fail, ok, type Result } from '../../domain/result.ts'
import { generateSigningKey } from '../adapters/key-material/generate-signing-key.ts'
import type { Settings } from '../config/settings.ts'
import samplePolicy from './sample-policy.json' with { type: 'json' }

/** Makes what the evaluation installation needs and does not find: its folder, a key, a policy to play with. */
export function prepareEvaluation(settings: Settings): Result<undefined, string> {
  try {
    mkdirSync(settings.dataDir, { recursive: true, mode: 0o700 })
    createOnce(settings['signingConfig.keyFile'], () => generateSigningKey().pem)
    createOnce(settings.enterpriseConfigFile, () => `${JSON.stringify(samplePolicy, null, 2)}\n`)
    return ok(undefined)
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown'
    return fail(
      `The data directory ${settings.dataDir} cannot be used: ${reason}. Choose another with HIVEWARDEN_DATA_DIR.`,
    )
  }
}

function createOnce(path: string | undefined, content: () => string): void {
  if (path === undefined || existsSync(path)) return
  writeFileSync(path, content(), { mode: 0o600, flag: 'wx' })
  chmodSync(path, 0o600)
}
