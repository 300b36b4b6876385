import { mkdirSync } from 'node:fs'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Settings } from '../config/settings.ts'

/** Makes the folder in which the evaluation installation keeps everything that it makes by itself. */
export function prepareEvaluation(settings: Settings): Result<undefined, string> {
  try {
    mkdirSync(settings.dataDir, { recursive: true, mode: 0o700 })
    return ok(undefined)
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown'
    return fail(
      `The data directory ${settings.dataDir} cannot be used: ${reason}. Choose another with HIVEWARDEN_DATA_DIR.`,
    )
  }
}
