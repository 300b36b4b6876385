import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { PolicyProblem } from '../../../domain/policy/problem.ts'
import { checkEnterpriseConfig } from '../../../domain/policy/read-enterprise-config.ts'
import { readCertificate } from '../../adapters/certificates/read-certificate.ts'
import { readSigningKey } from '../../adapters/key-material/read-signing-key.ts'
import { readPolicyFile } from '../../adapters/policy-file/read-policy-file.ts'
import { loadMasterKey } from '../../adapters/sealing/load-master-key.ts'
import { systemClock } from '../../adapters/system/system-clock.ts'
import { isFileGoverned } from '../../config/is-file-governed.ts'
import type { Settings } from '../../config/settings.ts'
import { masterKeyFile } from '../../open-key-vault.ts'

export interface PartFindings {
  readonly problems: readonly string[]
  readonly warnings: readonly string[]
}

/** What the settings point to, looked at as `serve` would. */
export async function checkParts(settings: Settings): Promise<PartFindings> {
  const policy = await findPolicyProblems(settings)
  const problems = policy.filter(({ severity }) => severity === 'error').map(policyLine)
  const warnings = policy.filter(({ severity }) => severity === 'warning').map(policyLine)

  const keyFile = settings['signingConfig.keyFile']
  if (keyFile === undefined) {
    if (settings['database.url'].kind !== 'none') problems.push(...masterKeyProblems(settings))
    else warnings.push('No signing key is configured: config and JWKS will answer 503.')
  } else {
    const key = readSigningKey(keyFile)
    if (!key.ok) problems.push(key.problem.message)
  }
  if (settings['idpConfig.issuer'] === undefined) {
    warnings.push('No identity provider is configured: nobody will be able to fetch a policy.')
  }
  return { problems, warnings }
}

async function findPolicyProblems(settings: Settings): Promise<readonly PolicyProblem[]> {
  const context = { now: Math.floor(systemClock.now() / 1000), readCertificate }
  const path = settings.enterpriseConfigFile
  // What a database governs was checked before it was published.
  if (!isFileGoverned(settings)) return []
  if (path === undefined) {
    const reading = checkEnterpriseConfig(settings.enterpriseConfig, context)
    return reading.ok ? reading.warnings : reading.problems
  }
  try {
    const reading = readPolicyFile(await readFile(path), path, context)
    return reading.ok ? reading.warnings : reading.problems
  } catch {
    return [
      { path: '', code: 'unreadable', message: `The policy file ${path} cannot be read.`, severity: 'error' },
    ]
  }
}

/** The one that is there, or that was named: where neither is so, the first start makes it. */
function masterKeyProblems(settings: Settings): readonly string[] {
  const file = masterKeyFile(settings)
  if (settings['database.masterKeyFile'] === undefined && !existsSync(file)) return []
  const key = loadMasterKey({ file, whenMissing: 'named' })
  return key.ok ? [] : [key.problem]
}

const policyLine = ({ path, message }: PolicyProblem): string =>
  path === '' ? `policy: ${message}` : `policy${path}: ${message}`
