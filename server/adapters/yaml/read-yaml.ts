import { type Document, LineCounter, parseDocument, type YAMLError } from 'yaml'
import { fail, ok, type Result } from '../../../domain/result.ts'

export interface YamlProblem {
  readonly code: 'max_size' | 'max_depth' | 'encoding' | 'yaml_syntax' | 'duplicate_key'
  readonly message: string
  readonly line?: number
}

/** Deeper than any document of ours; the document's own limit is told with its place. */
const MOST_DEPTH = 64

/** How much aliases may multiply what is written out. */
const MOST_ALIASES = 100

/**
 * Reads YAML 1.2, of which JSON is a part; null where the file says nothing. Anchors that multiply or hold themselves,
 * duplicate keys, tags, the YAML 1.1 in which `no` is false, and wrong encodings are refused.
 */
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
    stringKeys: true,
    prettyErrors: false,
    merge: false,
    logLevel: 'error',
  })
  const refused = [...document.errors, ...document.warnings]
  if (refused.length > 0) return fail(refused.map((error) => problemOf(error, lines)))
  if (document.directives?.yaml.version !== '1.2') {
    return fail([
      { code: 'yaml_syntax', message: 'The file says that it is not YAML 1.2, which this reads.' },
    ])
  }
  return contentOf(document)
}

function contentOf(document: Document): Result<unknown, readonly YamlProblem[]> {
  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: MOST_ALIASES })
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown'
    return fail([{ code: 'yaml_syntax', message: `The file cannot be read: ${reason}` }])
  }
  // An anchor that holds itself has no end.
  if (isDeeperThan(value, MOST_DEPTH)) {
    return fail([
      { code: 'max_depth', message: `The file nests lists and maps more than ${MOST_DEPTH} deep.` },
    ])
  }
  return ok(value)
}

const problemOf = (error: YAMLError, lines: LineCounter): YamlProblem => ({
  code: error.code === 'DUPLICATE_KEY' ? 'duplicate_key' : 'yaml_syntax',
  message: `The file cannot be read: ${error.message}`,
  line: lines.linePos(error.pos[0]).line,
})

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (levels === 0) return true
  return Object.values(value).some((member) => isDeeperThan(member, levels - 1))
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
