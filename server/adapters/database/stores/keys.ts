import { asc, getTableColumns } from 'drizzle-orm'
import type { PublicSigningJwk } from '../../../../domain/signing-keys/public-signing-jwk.ts'
import type { KeyStore, StoredKey } from '../../../ports/key-store.ts'
import { perform, readHeads } from '../deed.ts'
import type { Dialect } from '../dialect.ts'
import { type Engine, must, type Step } from '../engine.ts'
import { asking, doing } from '../statement.ts'
import { readRows, theRow } from './the-row.ts'

type KeyRow = Dialect['tables']['signingKeys']['$inferSelect']

export function createKeys(engine: Engine): KeyStore {
  const { build, tables } = engine.dialect
  const { signingKeys } = tables
  const all = build.select().from(signingKeys).orderBy(asc(signingKeys.position))

  return {
    async read() {
      // The version first: keys that are newer than it make the next replacement a conflict, never a loss.
      const heads = theRow(await engine.rows(readHeads(engine.dialect)))
      if (heads === 'unavailable') return heads
      const rows = await engine.rows(asking(getTableColumns(signingKeys), all))
      const keys = readRows(engine, rows, storedKey)
      return keys === 'unavailable' ? keys : { version: heads.ringVersion, keys }
    },

    replace: (keys, expectedVersion, event) =>
      perform<'saved', 'conflict'>(engine, {
        event,
        done: 'saved',
        plan: (heads) => {
          if (heads.ringVersion !== expectedVersion) return 'conflict'
          const clear: Step<never> = { statement: doing(build.delete(signingKeys)), otherwise: 'any' }
          const insertions = keys.map((key, position) =>
            must(doing(build.insert(signingKeys).values(keyRow(key, position)))),
          )
          return { steps: [clear, ...insertions], heads: { ringVersion: expectedVersion + 1 } }
        },
      }),
  }
}

const keyRow = (key: StoredKey, position: number): KeyRow => ({
  kid: key.publicJwk.kid,
  position,
  createdAt: key.createdAt,
  signsFrom: key.signsFrom,
  signsUntil: key.signsUntil ?? null,
  publishedUntil: key.publishedUntil ?? null,
  publicJwk: JSON.stringify(key.publicJwk),
  sealedPrivate: key.sealedPrivate,
})

const storedKey = (row: KeyRow): StoredKey => ({
  publicJwk: JSON.parse(row.publicJwk) as PublicSigningJwk,
  createdAt: row.createdAt,
  signsFrom: row.signsFrom,
  ...(row.signsUntil === null ? {} : { signsUntil: row.signsUntil }),
  ...(row.publishedUntil === null ? {} : { publishedUntil: row.publishedUntil }),
  sealedPrivate: row.sealedPrivate,
})
