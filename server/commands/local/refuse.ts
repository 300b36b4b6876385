import { escapeUnsafeCharacters } from '../../../domain/policy/unsafe-characters.ts'
import type { CommandIo, ExitCode } from '../command.ts'

/** Says why a command did not do what it was told, in the form that was asked for. */
export function refuse(io: CommandIo, json: boolean, code: ExitCode, lines: readonly string[]): ExitCode {
  const shown = lines.map((line) => line.split('\n').map(escapeUnsafeCharacters).join('\n'))
  if (json) io.print(JSON.stringify({ done: false, problems: lines }, null, 2))
  else io.printError(shown.join('\n'))
  return code
}

export const printJson = (io: CommandIo, value: object): void => io.print(JSON.stringify(value, null, 2))
