import { systemActor } from '../domain/actor.ts'
import { singleLayer } from '../domain/policy/single-layer.ts'
import { fail, ok, type Result } from '../domain/result.ts'
import { emptyPolicy } from '../domain/revisions/revision.ts'
import { readCertificate } from './adapters/certificates/read-certificate.ts'
import { watchRevisions } from './adapters/policy-database/watch-revisions.ts'
import { watchStoredKeys } from './adapters/signing-keys-database/watch-stored-keys.ts'
import { sha256 } from './adapters/system/sha256.ts'
import type { ManagerOptions } from './compose.ts'
import { databaseAway } from './compose-database.ts'
import type { Settings } from './config/settings.ts'
import { openKeyVault } from './open-key-vault.ts'
import type { Database } from './ports/database.ts'
import type { KeyVault } from './ports/key-vault.ts'
import type { Metrics } from './ports/metrics.ts'
import type { PolicySource } from './ports/policy-source.ts'
import type { SigningKeys } from './ports/signing-keys.ts'
import type { StartProblem } from './start-problem.ts'
import { type FirstPolicy, publishFirstRevision } from './usecases/policy/publish-first-revision.ts'
import { type FirstKey, setFirstKey } from './usecases/signing-keys/set-first-key.ts'

/** The policy of the newest revision. An empty database gets its first one here. */
export async function composeStoredPolicy(
  settings: Settings,
  { evaluation, clock, logger }: ManagerOptions,
  metrics: Metrics,
  { revisions, feed }: Database,
): Promise<Result<PolicySource, StartProblem>> {
  const context = () => ({ now: Math.floor(clock.now() / 1000), readCertificate })
  const head = await revisions.head()
  if (head === 'unavailable') return databaseAway
  if (head === undefined) {
    const first = evaluation ? await evaluationPolicy(settings, context()) : ok(nothingGoverned)
    if (!first.ok) return first
    const published = await publishFirstRevision({ revisions, clock, sha256 }, systemActor, first.value)
    if (!published.ok) return databaseAway
    logger.info('first_revision_published', { title: first.value.title })
  }
  return ok(await watchRevisions({ revisions, feed, context, clock, logger, metrics }))
}

const nothingGoverned: FirstPolicy = {
  document: emptyPolicy,
  title: 'Nothing is governed yet',
  reason: 'The manager started on an empty database.',
}

async function evaluationPolicy(
  { dataDir }: Settings,
  context: { readonly now: number; readonly readCertificate: typeof readCertificate },
): Promise<Result<FirstPolicy, StartProblem>> {
  const { evaluationPolicy } = await import('./evaluation/former-files.ts')
  const found = evaluationPolicy(dataDir, context)
  if (!found.ok) return refuse(found.problem)
  const { config, origin } = found.value
  return ok({
    document: singleLayer(config),
    title: origin === 'sample' ? 'A sample policy' : 'The policy of evaluation-policy.json',
    reason: 'The evaluation installation started on an empty database.',
  })
}

/** The signing keys of the database. An installation without one gets its first key here. */
export async function composeStoredKeys(
  settings: Settings,
  { evaluation, clock, logger }: ManagerOptions,
  metrics: Metrics,
  { keys, feed }: Database,
): Promise<Result<SigningKeys, StartProblem>> {
  const ring = await keys.read()
  if (ring === 'unavailable') return databaseAway
  const vault = openKeyVault(settings, ring.keys.length > 0)
  if (!vault.ok) return refuse(vault.problem)
  if (ring.keys.length === 0) {
    const first = await firstKey(settings, evaluation, vault.value)
    if (!first.ok) return first
    const set = await setFirstKey({ keys, clock }, systemActor, first.value)
    if (!set.ok && set.problem.code !== 'has_keys') return databaseAway
    if (set.ok) logger.info('first_signing_key_set', { kid: set.value.kid, origin: first.value.origin })
  }
  const watched = await watchStoredKeys({ keys, vault: vault.value, feed, clock, logger, metrics })
  const problem = watched.problem()
  if (watched.signer() !== undefined || problem === undefined) return ok(watched)
  watched.stop()
  return refuse(problem)
}

async function firstKey(
  { dataDir }: Settings,
  evaluation: boolean,
  vault: KeyVault,
): Promise<Result<FirstKey, StartProblem>> {
  if (!evaluation) return ok({ key: vault.generate(), origin: 'created' })
  const { formerSigningKey } = await import('./evaluation/former-files.ts')
  const former = formerSigningKey(dataDir)
  if (!former.ok) return refuse(former.problem)
  if (former.value === undefined) return ok({ key: vault.generate(), origin: 'created' })
  const imported = vault.importPem(former.value.pem, former.value.path)
  return imported.ok ? ok({ key: imported.value, origin: 'imported' }) : refuse(imported.problem)
}

const refuse = (line: string): Result<never, StartProblem> => fail({ exitCode: 78, lines: [line] })
