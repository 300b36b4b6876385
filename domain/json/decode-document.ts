import { limits } from '../limits.ts'
import { fail, ok, type Result } from '../result.ts'
import type { JsonProblem } from './json-problem.ts'
import { tooLarge } from './member-rules.ts'

/** Bytes to text: UTF-8 without a byte-order mark, nothing else. */
export function decodeDocument(source: Uint8Array | string): Result<string, JsonProblem> {
  if (typeof source === 'string') return decodeText(source)
  if (source.length > limits.document.bytes) return fail(tooLarge)
  if (source[0] === 0xef && source[1] === 0xbb && source[2] === 0xbf) return fail(byteOrderMark)
  if ((source[0] === 0xfe && source[1] === 0xff) || (source[0] === 0xff && source[1] === 0xfe)) {
    return fail(encoding('It is UTF-16.'))
  }
  // JSON starts with an ASCII character, so a zero byte among the first two means UTF-16 or UTF-32.
  if (source[0] === 0 || source[1] === 0) return fail(encoding('It is UTF-16 or UTF-32.'))
  try {
    return ok(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(source))
  } catch {
    return fail(encoding('It holds bytes that are not UTF-8.'))
  }
}

function decodeText(text: string): Result<string, JsonProblem> {
  if (text.length > limits.document.bytes) return fail(tooLarge)
  if (text.startsWith('\ufeff')) return fail(byteOrderMark)
  return new TextEncoder().encode(text).length > limits.document.bytes ? fail(tooLarge) : ok(text)
}

const encoding = (reason: string): JsonProblem => ({
  path: '',
  code: 'encoding',
  message: `Save the document as UTF-8 without a byte-order mark. ${reason}`,
})

const byteOrderMark = encoding('It starts with a byte-order mark.')
