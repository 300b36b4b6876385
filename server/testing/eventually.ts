import { setTimeout as pause } from 'node:timers/promises'

/** Waits until something is so that another part brings about in its own time. Fails after ten seconds. */
export async function eventually(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 1000; attempt += 1) {
    if (await isSo()) return
    await pause(10)
  }
  throw new Error(`This never happened: ${what}`)
}
