import { LineCounter, parseDocument } from 'yaml'
import { fail, ok, type Result } from '../../../domain/result.ts'

export interface YamlProblem {
  readonly code: 'max_size' | 'encoding' | 'yaml_syntax' | 'duplicate_key'
  readonly message: string
  readonly line?: number
}

/** Reads YAML 1.2, of which JSON is a part. Anchors that multiply, duplicate keys and wrong encodings are refused. */
export function readYaml(bytes: Uint8Array, mostBytes: number): Result<unknown, readonly YamlProblem[]> {
  if (bytes.byteLength > mostBytes) {
    return fail([{ code: 'max_size', message: `The file is larger than ${mostBytes} bytes.` }])
  }
  const text = decodeUtf8(bytes)
  if (text === undefined) return fail([{ code: 'encoding', message: 'The file is not UTF-8 text.' }])

  const lines = new LineCounter()
  const document = parseDocument(text, {
    lineCounter: lines,
    uniqueKeys: true,
    prettyErrors: false,
    merge: false,
  })
  if (document.errors.length > 0) {
    return fail(
      document.errors.map((error) => ({
        code: error.code === 'DUPLICATE_KEY' ? ('duplicate_key' as const) : ('yaml_syntax' as const),
        message: `The file cannot be read: ${error.message}`,
        line: lines.linePos(error.pos[0]).line,
      })),
    )
  }
  try {
    return ok(document.toJS({ maxAliasCount: 100 }) ?? {})
  } catch (error) {
    return fail([
      {
        code: 'yaml_syntax',
        message: `The file cannot be read: ${error instanceof Error ? error.message : 'unknown'}`,
      },
    ])
  }
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
