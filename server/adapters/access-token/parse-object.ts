import { isUtf8 } from 'node:buffer'
import type { Claims } from '../../../domain/identity/claims.ts'

/** A JSON object from exact UTF-8; undefined for anything else, a byte order mark before it included. */
export const parseObject = (bytes: Buffer): Claims | undefined => {
  // A forgiving decoder would turn different bytes into the same subject.
  if (!isUtf8(bytes)) return undefined
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Claims)
      : undefined
  } catch {
    return undefined
  }
}
