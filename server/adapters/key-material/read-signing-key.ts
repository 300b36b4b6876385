import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'
import { limits } from '../../../domain/limits.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import type { SigningKeyRing } from '../../ports/signer.ts'
import { type KeyFileProblem, keyFileProblem } from './key-file-problem.ts'
import { parseKeyRing } from './parse-key-ring.ts'

/**
 * Reads a PEM file of EC P-256 keys. The first one signs; the others are published only, which is how an
 * installation without a database rotates: add the next key below, wait, swap the two, wait, take the old one out.
 */
export function readSigningKey(pemFile: string): Result<SigningKeyRing, KeyFileProblem> {
  const text = readClosedFile(pemFile)
  return text.ok ? parseKeyRing(text.value, pemFile) : text
}

function readClosedFile(file: string): Result<string, KeyFileProblem> {
  let descriptor: number
  try {
    // Without O_NONBLOCK a named pipe would hold the whole process until somebody writes into it.
    descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  } catch (error) {
    return fail(openProblem(file, error))
  }
  try {
    // The open file is what is asked, not its path: a link that moves in between changes nothing.
    const { mode, size, isFile } = describe(descriptor)
    if (!isFile) return fail(keyFileProblem('not_a_file', file))
    if (isExposed(mode)) return fail(keyFileProblem('exposed', file, ` (mode ${octal(mode)})`))
    if (size > limits.pem.bytes) return fail(keyFileProblem('too_large', file, ` (${size} bytes)`))
    return ok(readFileSync(descriptor, 'utf8'))
  } catch (error) {
    return fail(openProblem(file, error))
  } finally {
    closeSync(descriptor)
  }
}

function describe(descriptor: number): { mode: number; size: number; isFile: boolean } {
  const stats = fstatSync(descriptor)
  return { mode: stats.mode & 0o777, size: stats.size, isFile: stats.isFile() }
}

/**
 * Other accounts may do nothing with the file, the group may not write it. The group may read it, since that is how
 * Kubernetes hands a Secret to a process that is not root (fsGroup). Windows has no such bits.
 */
const isExposed = (mode: number): boolean => process.platform !== 'win32' && (mode & 0o027) !== 0

const octal = (mode: number): string => mode.toString(8).padStart(4, '0')

function openProblem(file: string, error: unknown): KeyFileProblem {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return keyFileProblem('missing', file)
    case 'EISDIR':
      return keyFileProblem('not_a_file', file)
    default:
      return keyFileProblem('unreadable', file, typeof code === 'string' ? ` (${code})` : '')
  }
}
