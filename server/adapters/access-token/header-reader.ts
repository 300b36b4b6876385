import type { IdentityProviderType } from '../../../domain/identity/identity.ts'
import type { TokenRefusal } from '../../../domain/identity/token-refusal.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import { readHeader, type TokenHeader } from './read-header.ts'
import { decodeSegment } from './split-token.ts'

export interface HeaderReader {
  read(segment: string): Result<TokenHeader, TokenRefusal>
  /** Remembers the header of a token whose signature holds; nobody else can push it out. */
  keep(segment: string, header: TokenHeader): void
}

/** Reads protected headers. All tokens of one key begin with the same characters, so these are read once. */
export const createHeaderReader = (type: IdentityProviderType): HeaderReader => {
  let known: { readonly segment: string; readonly header: TokenHeader } | undefined
  return {
    read: (segment) => {
      if (known?.segment === segment) return ok(known.header)
      const bytes = decodeSegment(segment)
      return bytes === undefined ? fail('encoding') : readHeader(bytes, type)
    },
    keep: (segment, header) => {
      if (known?.segment === segment) return
      // A copy: a part of a text keeps the whole of it in memory, and here that is somebody's token.
      known = { segment: Buffer.from(segment, 'latin1').toString('latin1'), header }
    },
  }
}
