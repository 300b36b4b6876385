import type { ChangeFeed } from '../../ports/change-feed.ts'
import type { Clock } from '../../ports/clock.ts'
import type { KeyStore, StoredKey } from '../../ports/key-store.ts'
import type { KeyVault } from '../../ports/key-vault.ts'
import type { Logger } from '../../ports/logger.ts'
import type { Metrics } from '../../ports/metrics.ts'
import type { SigningKeys } from '../../ports/signing-keys.ts'
import { createListeners } from '../system/listeners.ts'
import { createLookout } from '../system/lookout.ts'
import { type KeyPhase, keyPhase, type OpenedKey } from './key-phase.ts'

interface StoredKeyDependencies {
  readonly keys: Pick<KeyStore, 'read'>
  readonly vault: Pick<KeyVault, 'signer'>
  readonly feed: ChangeFeed
  readonly clock: Clock
  readonly logger: Logger
  readonly metrics: Metrics
  readonly everyMilliseconds?: number
}

export interface WatchedKeys extends SigningKeys {
  look(): Promise<void>
}

/**
 * The signing keys of the database, opened and kept in memory. Which of them signs follows from the clock: it is looked
 * at with every call, and at every turn of a timer for those who wait.
 */
export async function watchStoredKeys(dependencies: StoredKeyDependencies): Promise<WatchedKeys> {
  const { keys, vault, clock, logger } = dependencies
  const { add, tell } = createListeners()
  const refused = dependencies.metrics.gauge(
    'hivewarden_signing_key_refused',
    '1 while the newest signing key is refused and an older key signs.',
  )
  let version = -1
  let ring: readonly OpenedKey[] = []
  let phase: KeyPhase = keyPhase(ring, 0)
  let told: KeyPhase = phase

  const current = (): KeyPhase => {
    const now = Math.floor(clock.now() / 1000)
    if (now >= phase.until || now < phase.from) phase = keyPhase(ring, now)
    return phase
  }

  const open = (key: StoredKey): OpenedKey => {
    const known = ring.find((each) => each.key.sealedPrivate === key.sealedPrivate)?.signer
    const signer = known?.kid === key.publicJwk.kid ? known : vault.signer(key)
    if (signer === undefined) logger.error('signing_key_locked', { kid: key.publicJwk.kid })
    return { key, signer }
  }

  /** Tells those who wait when what they would be given has become another. */
  const announce = (): void => {
    const now = current()
    const signs = now.signer?.kid
    refused.set(now.locked === undefined ? 0 : 1)
    if (signs === told.signer?.kid && kids(now) === kids(told)) return
    told = now
    logger.info('signing_key_loaded', { kid: signs, published: now.published.length })
    tell()
  }

  const look = async (): Promise<'seen' | 'unavailable'> => {
    const stored = await keys.read()
    if (stored === 'unavailable') return 'unavailable'
    if (stored.version === version) return 'seen'
    ring = stored.keys.map(open)
    version = stored.version
    phase = keyPhase(ring, Math.floor(clock.now() / 1000))
    announce()
    return 'seen'
  }

  const lookout = createLookout({
    look,
    subscribe: (listener) => dependencies.feed.subscribe(listener),
    everyMilliseconds: dependencies.everyMilliseconds ?? 1000,
    onTurn: announce,
    logger,
  })
  await lookout.look()
  return {
    signer: () => current().signer,
    published: () => current().published,
    problem: () => problemOf(current(), ring),
    onChange: add,
    look: lookout.look,
    stop: lookout.stop,
  }
}

const kids = ({ published }: KeyPhase): string => published.map(({ kid }) => kid).join()

function problemOf({ locked }: KeyPhase, ring: readonly OpenedKey[]): string | undefined {
  if (ring.length === 0) return 'There is no signing key in the database.'
  return locked === undefined
    ? undefined
    : `The signing key ${locked} does not open under the master key of this manager. Give it the one that sealed it: HIVEWARDEN_MASTER_KEY_FILE.`
}
