import { appendFileSync } from 'node:fs'

/** One answer of the client endpoints, as the check against their description reads it. */
export interface RecordedAnswer {
  readonly method: string
  /** The path of the description: what a resource URL with a path puts around it is taken off. */
  readonly path: string
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * Keeps the answer for the check of the whole test run, where the environment names a file for that. One line is one
 * write at the end of the file, so that test files that run side by side do not mix theirs.
 */
export function recordAnswer(answer: RecordedAnswer, prefix = ''): void {
  const file = process.env.HIVEWARDEN_ANSWERS
  if (file === undefined) return
  const path = documentedPath(answer.path, prefix)
  if (path === undefined) return
  appendFileSync(file, `${JSON.stringify({ ...answer, path })}\n`)
}

const METADATA = '/.well-known/oauth-protected-resource'

function documentedPath(sent: string, prefix: string): string | undefined {
  const path = sent.split('?', 1)[0] ?? ''
  if (prefix !== '' && path === `${METADATA}${prefix}`) return METADATA
  const bare = prefix !== '' && path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : path
  const own = bare.startsWith('/.well-known/') || ['/api/v1beta/config', '/healthz', '/readyz'].includes(bare)
  return own ? bare : undefined
}
