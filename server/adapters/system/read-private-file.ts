import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'
import { fail, ok, type Result } from '../../../domain/result.ts'

export type PrivateFileProblem =
  | { readonly code: 'missing' | 'not_a_file' }
  | { readonly code: 'exposed'; readonly mode: string }
  | { readonly code: 'too_large'; readonly bytes: number }
  | { readonly code: 'unreadable'; readonly reason: string }

/** Reads a file that holds a secret, unless other accounts can do something with it. */
export function readPrivateFile(file: string, mostBytes: number): Result<string, PrivateFileProblem> {
  let descriptor: number
  try {
    // Without O_NONBLOCK a named pipe would hold the whole process until somebody writes into it.
    descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  } catch (error) {
    return fail(openProblem(error))
  }
  try {
    // The open file is what is asked, not its path: a link that moves in between changes nothing.
    const stats = fstatSync(descriptor)
    const mode = stats.mode & 0o777
    if (!stats.isFile()) return fail({ code: 'not_a_file' })
    if (isExposed(mode)) return fail({ code: 'exposed', mode: mode.toString(8).padStart(4, '0') })
    if (stats.size > mostBytes) return fail({ code: 'too_large', bytes: stats.size })
    return ok(readFileSync(descriptor, 'utf8'))
  } catch (error) {
    return fail(openProblem(error))
  } finally {
    closeSync(descriptor)
  }
}

/**
 * Other accounts may do nothing with the file, the group may not write it. The group may read it, since that is how
 * Kubernetes hands a Secret to a process that is not root (fsGroup). Windows has no such bits.
 */
const isExposed = (mode: number): boolean => process.platform !== 'win32' && (mode & 0o027) !== 0

function openProblem(error: unknown): PrivateFileProblem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  if (code === 'ENOENT' || code === 'ENOTDIR') return { code: 'missing' }
  return code === 'EISDIR' ? { code: 'not_a_file' } : { code: 'unreadable', reason: code }
}
