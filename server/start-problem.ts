import type { ExitCode } from './commands/command.ts'

/** Why the manager does not start. Every line names a place and what to do there. */
export interface StartProblem {
  readonly exitCode: ExitCode
  readonly lines: readonly string[]
}
