import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { limits } from '../../domain/limits.ts'
import type { PolicyContext } from '../../domain/policy/policy-context.ts'
import type { EnterpriseConfig } from '../../domain/policy/policy-document.ts'
import { checkEnterpriseConfig, readEnterpriseConfig } from '../../domain/policy/read-enterprise-config.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import { readPrivateFile } from '../adapters/system/read-private-file.ts'
import samplePolicy from './sample-policy.json' with { type: 'json' }

export interface EvaluationPolicy {
  readonly config: EnterpriseConfig
  readonly origin: 'sample' | 'file'
}

/** What an evaluation installation begins with: the policy file of the version before the database, or a sample. */
export function evaluationPolicy(dataDir: string, context: PolicyContext): Result<EvaluationPolicy, string> {
  const path = join(dataDir, 'evaluation-policy.json')
  const isThere = existsSync(path)
  try {
    const reading = isThere
      ? readEnterpriseConfig(readFileSync(path), context)
      : checkEnterpriseConfig(samplePolicy, context)
    if (reading.ok) return ok({ config: reading.value, origin: isThere ? 'file' : 'sample' })
    const [first] = reading.problems
    return refuse(path, `${first?.path ?? ''} ${first?.message ?? ''}`.trim())
  } catch {
    return refuse(path, 'It cannot be read.')
  }
}

const refuse = (path: string, why: string): Result<never, string> =>
  fail(`${path} cannot be taken over. ${why} Mend it, or move it away to begin without it.`)

/** The signing key of the version before the database: clients that trust it go on. Undefined where there is none. */
export function formerSigningKey(
  dataDir: string,
): Result<{ readonly pem: string; readonly path: string } | undefined, string> {
  const path = join(dataDir, 'evaluation-signing.pem')
  const read = readPrivateFile(path, limits.pem.bytes)
  if (read.ok) return ok({ pem: read.value, path })
  return read.problem.code === 'missing' ? ok(undefined) : refuse(path, `It is ${read.problem.code}.`)
}
