import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { TestContext } from 'node:test'

export interface Apart {
  readonly process: ChildProcess
  /** All that it has written so far. */
  output(): string
  /** Resolves once it has written a line that holds `text`. */
  said(text: string): Promise<void>
  ended(): Promise<number | null>
}

/** Runs a module in a process of its own, which is gone after the test. */
export function runApart(
  t: Pick<TestContext, 'after'>,
  module: string,
  args: readonly string[],
  account: { readonly uid?: number; readonly gid?: number } = {},
): Apart {
  const child = spawn(process.execPath, [module, ...args], { ...account, stdio: ['pipe', 'pipe', 'pipe'] })
  const ended = once(child, 'close').then(([code]: unknown[]) => (typeof code === 'number' ? code : null))
  let output = ''
  const waiting = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      for (const look of waiting) look()
    })
  }
  t.after(async () => {
    child.kill('SIGKILL')
    await ended
  })
  return {
    process: child,
    output: () => output,
    said: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!output.includes(text)) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        ended.then((code) => reject(new Error(`it ended with ${code} and wrote: ${output}`)))
        look()
      }),
    ended: () => ended,
  }
}
