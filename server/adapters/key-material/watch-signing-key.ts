import { limits } from '../../../domain/limits.ts'
import { ok, type Result } from '../../../domain/result.ts'
import type { PublicSigningJwk } from '../../../domain/signing-keys/public-signing-jwk.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Logger } from '../../ports/logger.ts'
import type { Metrics } from '../../ports/metrics.ts'
import type { SigningKeyRing } from '../../ports/signer.ts'
import type { SigningKeys } from '../../ports/signing-keys.ts'
import { createListeners } from '../system/listeners.ts'
import { watchFile } from '../system/watch-file.ts'
import type { KeyFileProblem } from './key-file-problem.ts'
import { readSigningKey } from './read-signing-key.ts'

interface SigningKeyDependencies {
  readonly path: string
  /** Seconds for which an envelope is valid, and so for which a key that is gone must stay published. */
  readonly envelopeTtl: number
  readonly clock: Clock
  readonly logger: Logger
  readonly metrics: Metrics
  readonly everyMilliseconds?: number
}

interface Farewell {
  readonly jwk: PublicSigningJwk
  /** Unix milliseconds after which nothing that it signed is valid any more. */
  readonly until: number
}

/** The keys of a PEM file, taken up when it changes. A file that became bad changes nothing but the alarm. */
export async function watchSigningKey(
  dependencies: SigningKeyDependencies,
): Promise<Result<SigningKeys, KeyFileProblem>> {
  const { path, clock, logger } = dependencies
  const first = readSigningKey(path)
  if (!first.ok) return first
  const { add, tell } = createListeners()
  const refused = dependencies.metrics.gauge(
    'hivewarden_signing_key_refused',
    '1 while the newest signing key file is refused and an older key signs.',
  )
  let ring: SigningKeyRing = first.value
  let problem: string | undefined
  let farewells: readonly Farewell[] = []

  const look = (): void => {
    const next = readSigningKey(path)
    refused.set(next.ok ? 0 : 1)
    problem = next.ok ? undefined : next.problem.message
    if (!next.ok) {
      logger.error('signing_key_refused', { path, code: next.problem.code, message: next.problem.message })
    } else if (!sameKeys(next.value, ring)) {
      const now = clock.now()
      farewells = [
        ...farewells.filter(({ until }) => until > now),
        ...gone(ring, next.value, now + dependencies.envelopeTtl * 1000),
      ]
      ring = next.value
      logger.info('signing_key_loaded', { path, kid: ring.kid, published: ring.published.length })
      tell()
    }
  }
  const watched = watchFile(
    path,
    { everyMilliseconds: dependencies.everyMilliseconds ?? 1000, mostBytes: limits.pem.bytes },
    look,
  )
  await watched.look()
  return ok({
    signer: () => ring,
    published: () => [...ring.published, ...stillNeeded(farewells, ring, clock.now())],
    problem: () => problem,
    onChange: add,
    stop: watched.stop,
  })
}

/** Where no key is configured: nothing is signed, and everything that needs a signature says so. */
export const noSigningKeys: SigningKeys = {
  signer: () => undefined,
  published: () => [],
  problem: () => undefined,
  onChange: () => () => undefined,
  stop: () => undefined,
}

const sameKeys = (one: SigningKeyRing, other: SigningKeyRing): boolean =>
  one.published.map(({ kid }) => kid).join() === other.published.map(({ kid }) => kid).join()

function gone(before: SigningKeyRing, after: SigningKeyRing, until: number): readonly Farewell[] {
  const kept = new Set(after.published.map(({ kid }) => kid))
  return before.published.filter(({ kid }) => !kept.has(kid)).map((jwk) => ({ jwk, until }))
}

function stillNeeded(
  farewells: readonly Farewell[],
  ring: SigningKeyRing,
  now: number,
): readonly PublicSigningJwk[] {
  const listed = new Set(ring.published.map(({ kid }) => kid))
  const jwks: PublicSigningJwk[] = []
  for (const { jwk, until } of farewells) {
    if (until <= now || listed.has(jwk.kid)) continue
    listed.add(jwk.kid)
    jwks.push(jwk)
  }
  return jwks
}
