import { limits } from '../../../domain/limits.ts'
import { fail, type Result } from '../../../domain/result.ts'
import type { SigningKeyRing } from '../../ports/signer.ts'
import { type PrivateFileProblem, readPrivateFile } from '../system/read-private-file.ts'
import { type KeyFileProblem, keyFileProblem } from './key-file-problem.ts'
import { parseKeyRing } from './parse-key-ring.ts'

/**
 * Reads a PEM file of EC P-256 keys. The first one signs; the others are published only, which is how an
 * installation without a database rotates: add the next key below, wait, swap the two, wait, take the old one out.
 */
export function readSigningKey(pemFile: string): Result<SigningKeyRing, KeyFileProblem> {
  const text = readPrivateFile(pemFile, limits.pem.bytes)
  return text.ok ? parseKeyRing(text.value, pemFile) : fail(fileProblem(pemFile, text.problem))
}

function fileProblem(file: string, problem: PrivateFileProblem): KeyFileProblem {
  switch (problem.code) {
    case 'exposed':
      return keyFileProblem('exposed', file, ` (mode ${problem.mode})`)
    case 'too_large':
      return keyFileProblem('too_large', file, ` (${problem.bytes} bytes)`)
    case 'unreadable':
      return keyFileProblem('unreadable', file, problem.reason === 'unknown' ? '' : ` (${problem.reason})`)
    default:
      return keyFileProblem(problem.code, file)
  }
}
