import { type CommandSpec, configOption, jsonOption, textOption } from './command-spec.ts'
import { localArguments } from './local/local-options.ts'

export const auditVerify: CommandSpec = {
  words: 'audit verify',
  summary: 'Go through the audit log and all revisions, and find what was changed, removed or moved.',
  positionals: [],
  options: {
    known: {
      type: 'string',
      value: 'NUMBER:HASH',
      doc: 'An event that you noted earlier, elsewhere: shows a log that was cut off or written anew.',
    },
    config: configOption,
    json: jsonOption,
  },
  example: 'hivewarden audit verify --config /etc/hivewarden/hivewarden.yaml',
  async run(given, io) {
    const known = readKnown(textOption(given, 'known'))
    if (known === 'invalid') {
      io.printError(
        '--known is the number of an event and its hash, as `audit verify` and `audit export` print them.',
      )
      return 2
    }
    const { runAuditVerify } = await import('./audit/run-audit-verify.ts')
    return runAuditVerify({ ...localArguments(given), ...(known === undefined ? {} : { known }) }, io)
  },
}

function readKnown(text: string | undefined) {
  if (text === undefined) return undefined
  const [, sequence, hash] = /^([1-9]\d{0,14}):([0-9a-f]{64})$/.exec(text) ?? []
  return sequence === undefined || hash === undefined ? 'invalid' : { sequence: Number(sequence), hash }
}
