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
  let seen: string | undefined
  let settling = ''
  let looking: Promise<void> | undefined

  const lookOnce = async (): Promise<void> => {
    const before = await fingerprint(path)
    if (before === seen) return
    // Somebody may be half way through writing it, and half a policy can look like a whole one: it has to have been
    // the same at two looks. The first time there is nothing else to go by.
    if (seen !== undefined && before !== settling) {
      settling = before
      return
    }
    const content = await read(path, options.mostBytes)
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
    if (!facts.isFile()) return 'no file'
    return `${facts.dev}:${facts.ino}:${facts.size}:${facts.mtimeNs}:${facts.ctimeNs}`
  } catch (error) {
    return `unreadable:${reasonOf(error)}`
  }
}

async function read(path: string, mostBytes: number): Promise<FileContent> {
  try {
    const facts = await stat(path)
    // Reading a pipe waits for whoever writes it, and a device may have no end.
    if (!facts.isFile()) return { kind: 'unreadable', reason: 'it is not a file' }
    if (facts.size > mostBytes) return { kind: 'unreadable', reason: `it is larger than ${mostBytes} bytes` }
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
  ELOOP: 'its symbolic links form a loop',
}
