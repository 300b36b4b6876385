import type { CommandIo } from '../command.ts'

const EVERY = 50_000

/** A line for every so many rows where a person watches; nothing where a program reads. */
export function showProgress(io: CommandIo, what: string): (rows: number) => void {
  let shown = 0
  return (rows) => {
    if (!io.terminal || rows < shown + EVERY) return
    shown = rows - (rows % EVERY)
    io.printError(`${shown} ${what} …`)
  }
}
