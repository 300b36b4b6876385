import { closeSync, fsyncSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { fail, ok, type Result } from '../../domain/result.ts'
import { generateSigningKey } from '../adapters/key-material/generate-signing-key.ts'
import type { CommandIo, ExitCode } from './command.ts'
import { type CommandSpec, jsonOption, textOption } from './command-spec.ts'

export const keysGenerate: CommandSpec = {
  words: 'keys generate',
  summary: 'Make a signing key and write it to a file that only this account can read.',
  positionals: [],
  options: {
    out: { type: 'string', value: 'FILE', doc: 'Where to write it. Default: signing.pem. Never overwrites.' },
    json: jsonOption,
  },
  example: 'hivewarden keys generate --out /etc/hivewarden/signing.pem',
  run: async (given, io) =>
    generateKeyFile(
      { out: textOption(given, 'out') ?? 'signing.pem', json: given.options.json === true },
      io,
    ),
}

export interface GenerateArguments {
  readonly out: string
  readonly json: boolean
}

export function generateKeyFile({ out, json }: GenerateArguments, io: CommandIo): ExitCode {
  if (out === '') {
    io.printError('Name the file: hivewarden keys generate --out signing.pem')
    return 2
  }
  const { pem, publicJwk } = generateSigningKey()
  const written = writeNewFile(out, pem)
  if (!written.ok) {
    io.printError(problemSentence(out, written.problem))
    return 1
  }
  if (json) {
    io.print(JSON.stringify({ file: out, kid: publicJwk.kid, publicJwk }, null, 2))
    return 0
  }
  io.print(`Wrote ${out}.`)
  io.print(`Key id: ${publicJwk.kid}`)
  io.print('')
  io.print(`To sign with it, set signingConfig.keyFile or HIVEWARDEN_SIGNING_KEY_FILE to ${out}.`)
  io.print('Keep a copy in a safe place: clients trust envelopes of this key alone.')
  return 0
}

/** Writes a file that was not there before, for this account alone, and leaves no half of one behind. */
function writeNewFile(file: string, text: string): Result<undefined, string> {
  let descriptor: number
  try {
    descriptor = openSync(file, 'wx', 0o600)
  } catch (error) {
    return fail(errorCode(error))
  }
  try {
    writeFileSync(descriptor, text)
    fsyncSync(descriptor)
    return ok(undefined)
  } catch (error) {
    rmSync(file, { force: true })
    return fail(errorCode(error))
  } finally {
    closeSync(descriptor)
  }
}

function problemSentence(file: string, code: string): string {
  switch (code) {
    case 'EEXIST':
      return `${file} exists and is left as it is. Name another file, or move it away: clients may trust its key.`
    case 'ENOENT':
      return `The folder of ${file} does not exist. Make it first.`
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `This account may not write ${file} (${code}). Name a place where it may.`
    case 'ENOSPC':
      return `There is no room left for ${file}. Nothing was written.`
    default:
      return `${file} cannot be written (${code}).`
  }
}

const errorCode = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
