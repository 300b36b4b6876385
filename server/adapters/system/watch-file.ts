import { readFile, stat } from 'node:fs/promises'

export type FileContent =
  | { readonly kind: 'read'; readonly bytes: Uint8Array }
  | { readonly kind: 'unreadable'; readonly reason: string }

export interface WatchedFile {
  /** Looks now, as the timer would. Tests and SIGHUP call it. */
  look(): Promise<void>
  stop(): void
}

interface WatchOptions {
  readonly everyMilliseconds: number
  readonly mostBytes: number
}

/**
 * Tells when what stands behind a path has changed. It asks rather than listens: a ConfigMap or Secret is changed by
 * moving a symbolic link two folders away, which notifications of the kernel do not report for the path itself.
 */
export function watchFile(
  path: string,
  options: WatchOptions,
  changed: (content: FileContent) => void | Promise<void>,
): WatchedFile {
  let seen = ''
  let looking: Promise<void> | undefined

  const lookOnce = async (): Promise<void> => {
    const before = await fingerprint(path)
    if (before === seen) return
    const content = await read(path, options.mostBytes)
    // A file that changed while it was read may be half of each: leave it to the next look.
    if ((await fingerprint(path)) !== before) return
    seen = before
    await changed(content)
  }
  const look = (): Promise<void> => {
    looking ??= lookOnce().finally(() => {
      looking = undefined
    })
    return looking
  }

  const timer = setInterval(look, options.everyMilliseconds)
  timer.unref()
  return { look, stop: () => clearInterval(timer) }
}

async function fingerprint(path: string): Promise<string> {
  try {
    const facts = await stat(path, { bigint: true })
    return `${facts.dev}:${facts.ino}:${facts.size}:${facts.mtimeNs}:${facts.ctimeNs}`
  } catch (error) {
    return `unreadable:${reasonOf(error)}`
  }
}

async function read(path: string, mostBytes: number): Promise<FileContent> {
  try {
    const { size } = await stat(path)
    if (size > mostBytes) return { kind: 'unreadable', reason: `it is larger than ${mostBytes} bytes` }
    return { kind: 'read', bytes: await readFile(path) }
  } catch (error) {
    return { kind: 'unreadable', reason: reasonOf(error) }
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  return reasons[code] ?? `it cannot be read (${code})`
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  EACCES: 'this user may not read it',
  EISDIR: 'it is a directory',
  ELOOP: 'its symbolic links form a loop',
}
