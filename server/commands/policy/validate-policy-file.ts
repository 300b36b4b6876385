import { createReadStream } from 'node:fs'
import { limits } from '../../../domain/limits.ts'
import type { PolicyContext } from '../../../domain/policy/policy-context.ts'
import type { PolicyProblem } from '../../../domain/policy/problem.ts'
import { escapeUnsafeCharacters } from '../../../domain/policy/unsafe-characters.ts'
import { readCertificate } from '../../adapters/certificates/read-certificate.ts'
import { systemClock } from '../../adapters/system/system-clock.ts'
import type { CommandIo, ExitCode } from '../command.ts'
import { readPolicyText } from './read-policy-text.ts'

/** One byte more than is allowed is enough to refuse a file, however long it is. */
async function readDocument(path: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of createReadStream(path, { end: limits.document.bytes })) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Checks with this machine's files and clock. */
export const runPolicyValidate = (
  args: { readonly file: string; readonly json: boolean },
  io: CommandIo,
): Promise<ExitCode> =>
  validatePolicyFile(args, {
    print: (line) => io.print(line),
    printError: (line) => io.printError(line),
    readFile: readDocument,
    context: { now: Math.floor(systemClock.now() / 1000), readCertificate },
  })

export interface PolicyValidateIo extends Pick<CommandIo, 'print' | 'printError'> {
  readFile(path: string): Promise<Uint8Array>
  readonly context: PolicyContext
}

/** The command without the machine: what it reads and when come from its caller. */
export async function validatePolicyFile(
  args: { readonly file: string; readonly json: boolean },
  io: PolicyValidateIo,
): Promise<ExitCode> {
  if (args.file === '') {
    io.printError('Name the file: hivewarden policy validate enterprise-config.json')
    return 2
  }
  const bytes = await readBytes(args.file, io)
  if (bytes === undefined) return 69

  const reading = readPolicyText(bytes, args.file, io.context)
  const problems = reading.ok ? reading.warnings : reading.problems
  if (args.json) io.print(JSON.stringify({ valid: reading.ok, problems }, null, 2))
  else printProblems(args.file, problems, io)
  return reading.ok ? 0 : 1
}

async function readBytes(file: string, io: PolicyValidateIo): Promise<Uint8Array | undefined> {
  try {
    return await io.readFile(file)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    io.printError(`Cannot read ${printable(file)}: ${printable(reason)}`)
    return undefined
  }
}

function printProblems(file: string, problems: readonly PolicyProblem[], io: PolicyValidateIo): void {
  for (const problem of problems) {
    io.print(`${problem.severity === 'error' ? 'Error' : 'Warning'} at ${placeOf(problem)} (${problem.code})`)
    io.print(`  ${printable(problem.message)}`)
    if (problem.found !== undefined) io.print(`  Found: ${printable(problem.found)}`)
    io.print('')
  }
  const errors = problems.filter((problem) => problem.severity === 'error').length
  const verdict = errors === 0 ? 'is valid' : `is not valid: ${counted(errors, 'error')}`
  const warnings = problems.length - errors
  const separator = errors === 0 ? ', with' : ','
  io.print(
    `${printable(file)} ${verdict}${warnings === 0 ? '' : `${separator} ${counted(warnings, 'warning')}`}.`,
  )
}

const placeOf = (problem: PolicyProblem): string =>
  problem.path === '' ? 'the document as a whole' : printable(problem.path)

const counted = (count: number, noun: string): string => `${count} ${count === 1 ? noun : `${noun}s`}`

/** Stops a file or member name that steers the terminal. */
const printable = (text: string): string => escapeUnsafeCharacters(text)
