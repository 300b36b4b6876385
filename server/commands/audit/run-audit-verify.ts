import type { AuditHead } from '../../../domain/audit/event.ts'
import type { ChainFinding } from '../../../domain/audit/verify-chain.ts'
import { verifySignature } from '../../adapters/key-material/node-envelope-signer.ts'
import { type AuditVerification, verifyAudit } from '../../usecases/audit/verify-audit.ts'
import type { RevisionFinding } from '../../usecases/audit/verify-revisions.ts'
import type { CommandIo, ExitCode } from '../command.ts'
import { printJson, refuse } from '../local/refuse.ts'
import { refuseChange } from '../local/refuse-change.ts'
import { type LocalArguments, withLocalDatabase } from '../local/with-local-database.ts'

export const runAuditVerify = (
  given: LocalArguments & { readonly known?: AuditHead },
  io: CommandIo,
): Promise<ExitCode> =>
  withLocalDatabase(given, io, async ({ database, governance, actor }) => {
    const ring = await database.keys.read()
    if (ring === 'unavailable') return refuse(io, given.json, 69, ['The database does not answer.'])
    const verified = await verifyAudit(governance, actor, {
      ...(given.known === undefined ? {} : { knownHead: given.known }),
      trust: { keys: ring.keys.map(({ publicJwk }) => publicJwk), verifySignature },
    })
    if (!verified.ok) return refuseChange(io, given.json, verified.problem)
    if (given.json) printJson(io, verified.value)
    else printVerification(verified.value, io)
    return verified.value.intact ? 0 : 1
  })

function printVerification({ intact, chain, revisions }: AuditVerification, io: CommandIo): void {
  for (const finding of chain.findings) io.print(`✗ ${describeChainFinding(finding)}`)
  for (const finding of revisions.findings) io.print(`✗ ${describeRevisionFinding(finding)}`)
  io.print(
    `${intact ? 'Intact' : 'Not intact'}: ${chain.events} events and ${revisions.checked} revisions were checked.`,
  )
  const { last } = chain
  if (last === undefined) return
  io.print(`Last event: ${last.sequence}:${last.hash}`)
  io.print('Keep it elsewhere and give it to a later check with --known: only that shows a log written anew.')
}

function describeChainFinding(finding: ChainFinding): string {
  switch (finding.code) {
    case 'changed':
      return `Event ${finding.sequence} was changed.`
    case 'missing':
      return finding.from === finding.to
        ? `Event ${finding.from} is missing.`
        : `Events ${finding.from} to ${finding.to} are missing.`
    case 'reordered':
      return `Event ${finding.sequence} stands in the wrong place.`
    case 'unlinked':
      return `Event ${finding.sequence} does not follow the event before it.`
    case 'truncated':
      return `The log ends at event ${finding.last}, and event ${finding.known} is known to have been there.`
    case 'rewritten':
      return `Event ${finding.sequence} is another one than it was.`
    case 'forged_checkpoint':
      return `The events up to ${finding.sequence} were removed without a good signature.`
  }
}

function describeRevisionFinding(finding: RevisionFinding): string {
  switch (finding.code) {
    case 'damaged':
      return `Revision ${finding.serial} does not match its hash.`
    case 'unlinked':
      return `Revision ${finding.serial} does not follow the revision before it.`
    case 'without_event':
      return `No event tells of revision ${finding.serial} as it is.`
    case 'missing':
      return `Revision ${finding.serial} was published and is not there.`
  }
}
