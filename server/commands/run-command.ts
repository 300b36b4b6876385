import { parseArgs } from 'node:util'
import { suggestName } from '../../domain/policy/suggest-name.ts'
import { version } from '../version.ts'
import type { CommandIo, ExitCode } from './command.ts'
import type { CommandSpec, ParsedArguments } from './command-spec.ts'

/** Finds the command, reads its arguments, answers --help, and runs it. Wrong usage is 2 and says what is right. */
export async function runCommand(
  commands: readonly CommandSpec[],
  argv: readonly string[],
  io: CommandIo,
): Promise<ExitCode> {
  const command = findCommand(commands, argv)
  if (command === undefined) return explainCommands(commands, argv, io)
  const rest = argv.slice(command.words.split(' ').length)
  if (rest.includes('--help') || rest.includes('-h')) {
    io.print(usageOf(command))
    return 0
  }
  const given = readArguments(command, rest)
  if (typeof given === 'string') {
    io.printError(`${given}\n\n${usageOf(command)}`)
    return 2
  }
  return command.run(given, io)
}

function findCommand(commands: readonly CommandSpec[], argv: readonly string[]): CommandSpec | undefined {
  const matches = commands.filter(({ words }) => {
    const wanted = words.split(' ')
    return wanted.every((word, index) => argv[index] === word)
  })
  return matches.sort((one, other) => other.words.length - one.words.length)[0]
}

function readArguments(command: CommandSpec, argv: readonly string[]): ParsedArguments | string {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, { type }]) => [name, { type } as const]),
  )
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options,
      allowPositionals: true,
      strict: true,
    })
    const missing = command.positionals.find(
      (each, index) => each.required && positionals[index] === undefined,
    )
    if (missing !== undefined) return `${missing.name} is missing.`
    const surplus = positionals[command.positionals.length]
    if (surplus !== undefined) return `${surplus} is one word too many.`
    return { options: values as ParsedArguments['options'], positionals }
  } catch (error) {
    return error instanceof Error ? error.message : 'The arguments cannot be read.'
  }
}

function explainCommands(commands: readonly CommandSpec[], argv: readonly string[], io: CommandIo): ExitCode {
  const [first] = argv
  if (first === '--version') {
    io.print(version)
    return 0
  }
  const asked = first === '--help' || first === '-h' || first === 'help'
  const overview = overviewOf(commands)
  if (asked) {
    io.print(overview)
    return 0
  }
  const typed = argv
    .filter((word) => !word.startsWith('-'))
    .slice(0, 2)
    .join(' ')
  const close = suggestName(
    typed,
    commands.map(({ words }) => words),
  )
  const advice = close === undefined ? '' : ` Did you mean ${close}?`
  io.printError(
    first === undefined ? overview : `${typed === '' ? first : typed} is no command.${advice}\n\n${overview}`,
  )
  return 2
}

function overviewOf(commands: readonly CommandSpec[]): string {
  const width = Math.max(...commands.map(({ words }) => words.length))
  const lines = commands.map(({ words, summary }) => `  ${words.padEnd(width)}  ${summary}`)
  return [
    'Hivewarden governs what managed ToolHive clients do.',
    '',
    'hivewarden COMMAND [--help]',
    '',
    ...lines,
  ].join('\n')
}

/** What a command takes, for --help and for docs/commands.md. */
export function usageOf(command: CommandSpec): string {
  const positionals = command.positionals.map(({ name, required }) => (required ? name : `[${name}]`))
  const options = Object.entries(command.options).map(([name, { value, doc }]) => ({
    shown: value === undefined ? `--${name}` : `--${name} ${value}`,
    doc,
  }))
  const width = Math.max(0, ...options.map(({ shown }) => shown.length))
  const usage = [
    'hivewarden',
    command.words,
    ...positionals,
    ...(options.length > 0 ? ['[options]'] : []),
  ].join(' ')
  return [
    command.summary,
    '',
    usage,
    ...(options.length > 0
      ? ['', ...options.map(({ shown, doc }) => `  ${shown.padEnd(width)}  ${doc}`)]
      : []),
    '',
    `Example: ${command.example}`,
  ].join('\n')
}
