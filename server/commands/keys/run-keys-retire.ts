import { retireKey } from '../../usecases/signing-keys/retire-key.ts'
import type { CommandIo, ExitCode } from '../command.ts'
import { printJson } from '../local/refuse.ts'
import type { LocalArguments } from '../local/with-local-database.ts'
import { refuseKeyDeed } from './refuse-key-deed.ts'
import { withKeyVault } from './with-key-vault.ts'

export const runKeysRetire = (
  given: LocalArguments & { readonly kid: string },
  io: CommandIo,
): Promise<ExitCode> =>
  withKeyVault(given, io, async ({ database, clock, actor }) => {
    const retired = await retireKey({ keys: database.keys, clock }, actor, given.kid)
    if (!retired.ok) return refuseKeyDeed(io, given.json, retired.problem)
    const { kid, was } = retired.value
    if (given.json) printJson(io, { done: true, kid, was })
    else if (was === 'next') io.print(`Withdrew ${kid}. The present key goes on.`)
    else io.print(`Retired ${kid}. What it signed verifies no more.`)
    return 0
  })
