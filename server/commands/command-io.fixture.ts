import type { CommandIo } from './command.ts'

export interface RecordedIo extends CommandIo {
  readonly printed: string[]
  readonly errors: string[]
}

/** A terminal that remembers what was said to it. */
export function recordIo(): RecordedIo {
  const printed: string[] = []
  const errors: string[] = []
  return {
    printed,
    errors,
    print: (line) => printed.push(line),
    printError: (line) => errors.push(line),
    terminal: false,
  }
}
