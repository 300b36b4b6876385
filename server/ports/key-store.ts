import type { AuditDraft } from '../../domain/audit/event.ts'
import type { ManagedKey } from '../../domain/signing-keys/key-lifecycle.ts'
import type { Unavailable } from './database.ts'

export interface StoredKey extends ManagedKey {
  /** Only ever in its sealed form: the store does not know the master key. */
  readonly sealedPrivate: string
}

/** All signing keys, and how often they were replaced: 0 before the first. */
export interface StoredKeyRing {
  readonly version: number
  readonly keys: readonly StoredKey[]
}

export interface KeyStore {
  /** In the order in which they were given. */
  read(): Promise<StoredKeyRing | Unavailable>
  /** Compare and set of the whole ring, with its audit event, in one transaction. */
  replace(
    keys: readonly StoredKey[],
    expectedVersion: number,
    event: AuditDraft,
  ): Promise<'saved' | 'conflict' | Unavailable>
}
