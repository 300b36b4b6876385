import { type CommandSpec, configOption, jsonOption } from './command-spec.ts'
import { localArguments } from './local/local-options.ts'

export const auditExport: CommandSpec = {
  words: 'audit export',
  summary:
    'Write the audit log to a file: JSON Lines that can be verified by themselves, or CSV for a spreadsheet.',
  positionals: [{ name: 'FILE', required: true }],
  options: {
    csv: { type: 'boolean', doc: 'CSV. Default: by the name of the file, JSON Lines otherwise.' },
    config: configOption,
    json: jsonOption,
  },
  example: 'hivewarden audit export audit.jsonl',
  async run(given, io) {
    const { runAuditExport } = await import('./audit/run-audit-export.ts')
    const file = given.positionals[0] ?? ''
    const csv = given.options.csv === true || /\.csv$/i.test(file)
    return runAuditExport({ ...localArguments(given), file, form: csv ? 'csv' : 'jsonl' }, io)
  },
}
