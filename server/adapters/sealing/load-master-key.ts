import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fail, ok, type Result } from '../../../domain/result.ts'
import { type PrivateFileProblem, readPrivateFile } from '../system/read-private-file.ts'

const KEY_BYTES = 32
const MOST_BYTES = 1024

interface MasterKeyRequest {
  readonly file: string
  /**
   * `create` makes it. Not where something is `sealed` already, since a new key would open none of it, and not where
   * an operator `named` a file, who would not notice that it is another one.
   */
  readonly whenMissing: 'create' | 'named' | 'sealed'
}

/** The master key: 32 random bytes in base64, in a file of its own. The problem is a sentence that says what to do. */
export function loadMasterKey({ file, whenMissing }: MasterKeyRequest): Result<Uint8Array, string> {
  const read = readPrivateFile(file, MOST_BYTES)
  if (read.ok) return parseMasterKey(read.value, file)
  if (read.problem.code !== 'missing') return fail(sentence(file, read.problem))
  if (whenMissing !== 'create') return fail(missingSentences[whenMissing](file))
  const created = createOnce(file)
  if (!created.ok) return created
  // Whoever was first has made it; both read the same file.
  const again = readPrivateFile(file, MOST_BYTES)
  return again.ok ? parseMasterKey(again.value, file) : fail(sentence(file, again.problem))
}

function parseMasterKey(text: string, file: string): Result<Uint8Array, string> {
  const trimmed = text.trim()
  const bytes = Buffer.from(trimmed, 'base64')
  // Whoever wrote it twice or cut it off must hear of it: the decoder forgives everything.
  if (bytes.byteLength !== KEY_BYTES || bytes.toString('base64') !== trimmed) {
    return fail(
      `The master key ${file} is damaged: it must hold 32 bytes in base64. Restore it from your copy of it.`,
    )
  }
  if (bytes.every((byte) => byte === bytes[0])) {
    return fail(`The master key ${file} is not random. Make one: ${howToMake(file)}`)
  }
  return ok(bytes)
}

/** A file that is there is whole: it is written beside its place and linked into it, which fails when one is there. */
function createOnce(file: string): Result<undefined, string> {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    const descriptor = openSync(draft, 'wx', 0o600)
    try {
      writeFileSync(descriptor, `${randomBytes(KEY_BYTES).toString('base64')}\n`)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    linkSync(draft, file)
    syncFolder(dirname(file))
    return ok(undefined)
  } catch (error) {
    const code = codeOf(error)
    return code === 'EEXIST' ? ok(undefined) : fail(`The master key ${file} cannot be written (${code}).`)
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Keys sealed under it are about to be committed: its name must survive a power cut as they do. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function sentence(file: string, problem: PrivateFileProblem): string {
  switch (problem.code) {
    case 'missing':
      return `The master key ${file} is not there any more.`
    case 'not_a_file':
      return `The master key ${file} is not a file.`
    case 'exposed':
      return `The master key ${file} is open to other accounts of this machine (mode ${problem.mode}). Close it: chmod 600 ${file}`
    case 'too_large':
      return `${file} is too large to be a master key (${problem.bytes} bytes).`
    case 'unreadable':
      return `The master key ${file} cannot be read (${problem.reason}).`
  }
}

const missingSentences = {
  named: (file: string) => `There is no master key at ${file}. Make one: ${howToMake(file)}`,
  sealed: (file: string) =>
    `There is no master key at ${file}, and there are keys in this database that one sealed. Put it there, or name it with HIVEWARDEN_MASTER_KEY_FILE.`,
} as const

const howToMake = (file: string): string => `openssl rand -base64 32 > ${file} && chmod 600 ${file}`

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
