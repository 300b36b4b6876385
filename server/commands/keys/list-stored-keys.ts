import { formatInstant } from '../../../domain/instant.ts'
import { keyState } from '../../../domain/signing-keys/key-lifecycle.ts'
import type { StoredKey } from '../../ports/key-store.ts'
import type { CommandIo, ExitCode } from '../command.ts'
import { printJson, refuse } from '../local/refuse.ts'
import { type LocalArguments, withLocalDatabase } from '../local/with-local-database.ts'

/** The keys of the database: thumbprints, states and times. The sealed halves stay where they are. */
export const listStoredKeys = (given: LocalArguments, io: CommandIo): Promise<ExitCode> =>
  withLocalDatabase(given, io, async ({ database, clock }) => {
    const ring = await database.keys.read()
    if (ring === 'unavailable') return refuse(io, given.json, 69, ['The database does not answer.'])
    const now = Math.floor(clock.now() / 1000)
    if (given.json) printJson(io, { keys: ring.keys.map((key) => asJson(key, now)) })
    else if (ring.keys.length === 0) io.print('There is no signing key in the database yet.')
    else for (const key of ring.keys) io.print(`${key.publicJwk.kid}  ${inWords(key, now)}`)
    return 0
  })

const asJson = (key: StoredKey, now: number): object => {
  const { publicJwk, createdAt, signsFrom, signsUntil, publishedUntil } = key
  return {
    kid: publicJwk.kid,
    state: keyState(key, now),
    createdAt,
    signsFrom,
    signsUntil,
    publishedUntil,
    publicJwk,
  }
}

function inWords(key: StoredKey, now: number): string {
  const state = keyState(key, now)
  switch (state) {
    case 'next':
      return `next, signs from ${formatInstant(key.signsFrom)} on`
    case 'active':
      return key.signsUntil === undefined ? 'active' : `active, signs until ${formatInstant(key.signsUntil)}`
    case 'retiring':
      return `retiring, published until ${key.publishedUntil === undefined ? 'further notice' : formatInstant(key.publishedUntil)}`
    case 'retired':
      return 'retired'
  }
}
