import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate } from 'node:zlib'
import { fail, ok, type Result } from '../../../domain/result.ts'
import type { FetchProblem } from '../../ports/limited-fetch.ts'

const decoders = new Map([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
  ['br', promisify(brotliDecompress)],
])

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'decoding failed'

/** We ask for no encoding at all; some servers compress all the same. The cap holds for what comes out: a gzip bomb. */
export const decodeBody = async (
  body: Buffer,
  encoding: string | undefined,
  bytes: number,
): Promise<Result<Buffer, FetchProblem>> => {
  const name = (encoding ?? 'identity').trim().toLowerCase()
  if (name === 'identity' || name === '') return ok(body)
  const decode = decoders.get(name)
  if (decode === undefined) return fail({ reason: 'encoding_refused', detail: name.slice(0, 64) })
  try {
    return ok(await decode(body, { maxOutputLength: bytes }))
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ERR_BUFFER_TOO_LARGE')
      return fail({ reason: 'too_large', detail: `over ${bytes} bytes decoded` })
    return fail({ reason: 'encoding_refused', detail: code })
  }
}
