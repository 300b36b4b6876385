import { version } from '../version.ts'
import { type CommandSpec, jsonOption } from './command-spec.ts'

export const printVersion: CommandSpec = {
  words: 'version',
  summary: 'Print the version.',
  positionals: [],
  options: { json: jsonOption },
  example: 'hivewarden version --json',
  async run(given, io) {
    io.print(given.options.json === true ? JSON.stringify({ version, node: process.version }) : version)
    return 0
  },
}
