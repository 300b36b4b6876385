/** 0 done · 1 checked and found wrong · 2 wrong usage · 69 something needed is unreachable · 78 settings refused. */
export type ExitCode = 0 | 1 | 2 | 69 | 78

/** Where a command talks to its person. Nothing else in a command writes to a terminal. */
export interface CommandIo {
  print(line: string): void
  printError(line: string): void
  /** True where a person reads at a terminal: progress may be shown. */
  terminal: boolean
}
