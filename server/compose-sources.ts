import type { PolicyProblem } from '../domain/policy/problem.ts'
import { checkEnterpriseConfig } from '../domain/policy/read-enterprise-config.ts'
import { fail, ok, type Result } from '../domain/result.ts'
import { readCertificate } from './adapters/certificates/read-certificate.ts'
import { noSigningKeys, watchSigningKey } from './adapters/key-material/watch-signing-key.ts'
import { fixedPolicy } from './adapters/policy-file/fixed-policy.ts'
import { openPolicyFile } from './adapters/policy-file/policy-file.ts'
import { readPolicyFile } from './adapters/policy-file/read-policy-file.ts'
import type { ManagerOptions } from './compose.ts'
import { composeStoredKeys, composeStoredPolicy } from './compose-stored-sources.ts'
import { isFileGoverned } from './config/is-file-governed.ts'
import type { Settings } from './config/settings.ts'
import type { Database } from './ports/database.ts'
import type { Metrics } from './ports/metrics.ts'
import type { PolicySource } from './ports/policy-source.ts'
import type { SigningKeys } from './ports/signing-keys.ts'
import type { StartProblem } from './start-problem.ts'

/** The policy from where the settings say it is. Exactly one place is named: the settings were checked for that. */
export async function composePolicy(
  settings: Settings,
  options: ManagerOptions,
  metrics: Metrics,
  database: Database | undefined,
): Promise<Result<PolicySource, StartProblem>> {
  if (database !== undefined && !isFileGoverned(settings))
    return composeStoredPolicy(settings, options, metrics, database)
  const { clock, logger, patience } = options
  const context = () => ({ now: Math.floor(clock.now() / 1000), readCertificate })
  const { serial, enterpriseConfigFile: path } = settings
  if (path !== undefined) {
    const read = (bytes: Uint8Array) => readPolicyFile(bytes, path, context())
    const opened = await openPolicyFile({ path, serial, read, clock, logger, metrics, ...pace(patience) })
    return opened.ok ? opened : refusePolicy(path, opened.problem)
  }
  const reading = checkEnterpriseConfig(settings.enterpriseConfig, context())
  if (!reading.ok) return refusePolicy('enterpriseConfig', reading.problems)
  const facts = { serial, loadedAt: context().now }
  return ok(fixedPolicy(reading.value, reading.warnings, facts))
}

export async function composeKeys(
  settings: Settings,
  options: ManagerOptions,
  metrics: Metrics,
  database: Database | undefined,
): Promise<Result<SigningKeys, StartProblem>> {
  const { clock, logger, patience } = options
  const path = settings['signingConfig.keyFile']
  if (path === undefined && database !== undefined)
    return composeStoredKeys(settings, options, metrics, database)
  if (path === undefined) {
    logger.warn('signing_not_configured', {
      message:
        'No signing key is configured: config and JWKS answer 503. Set signingConfig.keyFile or database.url.',
    })
    return ok(noSigningKeys)
  }
  const envelopeTtl = settings['signingConfig.envelopeTTL'].seconds
  const watched = await watchSigningKey({ path, envelopeTtl, clock, logger, metrics, ...pace(patience) })
  return watched.ok ? watched : fail({ exitCode: 78, lines: [watched.problem.message] })
}

const refusePolicy = (place: string, problems: readonly PolicyProblem[]): Result<never, StartProblem> =>
  fail({
    exitCode: 78,
    lines: problems
      .filter(({ severity }) => severity === 'error')
      .map(
        ({ path, message, found }) =>
          `${place}${path}: ${message}${found === undefined ? '' : ` Found ${found}.`}`,
      ),
  })

const pace = (patience: ManagerOptions['patience']): { everyMilliseconds?: number } =>
  patience?.files === undefined ? {} : { everyMilliseconds: patience.files }
