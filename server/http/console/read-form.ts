import type { IncomingMessage } from 'node:http'
import { limits } from '../../../domain/limits.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'

export type FormProblem = 'media_type' | 'body_too_large' | 'body_incomplete'

const formType = /^application\/x-www-form-urlencoded\s*(?:;\s*charset="?utf-8"?\s*)?$/i

/** The bytes of a sent form. Other kinds of body are refused: a form is all that the pages send. */
export const readForm = async (
  request: IncomingMessage,
): Promise<Result<Buffer<ArrayBuffer>, FormProblem>> => {
  if (!formType.test(request.headers['content-type'] ?? '')) return fail('media_type')
  const most = limits.request.bodyBytes
  if (Number(request.headers['content-length'] ?? 0) > most) return fail('body_too_large')
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of request) {
      length += chunk.length
      if (length > most) return fail('body_too_large')
      chunks.push(chunk)
    }
  } catch {
    return fail('body_incomplete')
  }
  return ok(Buffer.concat(chunks))
}
