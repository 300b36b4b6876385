import { createReadStream } from 'node:fs'
import { limits } from '../../../domain/limits.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import type { PolicyFileSource } from '../../../domain/revisions/policy-file.ts'
import { readYaml } from '../../adapters/yaml/read-yaml.ts'

export interface UnreadableSource {
  /** 69: the file is not there. 1: what it holds is no document. */
  readonly code: 1 | 69
  readonly lines: readonly string[]
}

/** A policy file as it stands on disk: YAML where its name says so, JSON otherwise; `-` is what is piped in. */
export async function readPolicySource(file: string): Promise<Result<PolicyFileSource, UnreadableSource>> {
  const bytes = await readBytes(file)
  if (!bytes.ok) return bytes
  if (!/\.ya?ml$/i.test(file)) return ok({ text: bytes.value })
  const read = readYaml(bytes.value, limits.document.bytes)
  if (read.ok) return ok({ value: read.value })
  const lines = read.problem.map(
    ({ message, line }) => `${file}${line === undefined ? '' : `:${line}`}: ${message}`,
  )
  return fail({ code: 1, lines })
}

/** One byte more than is allowed is enough to refuse a file, however long it is. */
async function readBytes(file: string): Promise<Result<Uint8Array, UnreadableSource>> {
  try {
    const source = file === '-' ? process.stdin : createReadStream(file, { end: limits.document.bytes })
    const chunks: Uint8Array[] = []
    let size = 0
    for await (const chunk of source as AsyncIterable<Uint8Array>) {
      chunks.push(chunk)
      size += chunk.byteLength
      if (size > limits.document.bytes) break
    }
    return ok(Buffer.concat(chunks))
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    return fail({ code: 69, lines: [`The file ${file} cannot be read (${reason}).`] })
  }
}
