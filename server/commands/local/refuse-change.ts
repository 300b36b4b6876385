import type { ChangeProblem } from '../../../domain/changes/change-problem.ts'
import { durationInWords } from '../../../domain/duration.ts'
import { planInWords } from '../../../domain/revisions/plan-changes.ts'
import type { CommandIo, ExitCode } from '../command.ts'
import { refuse } from './refuse.ts'

/** Why a deed with the policy was not done. 69 where trying again may help, 1 where the answer is no. */
export function refuseChange(io: CommandIo, json: boolean, problem: ChangeProblem): ExitCode {
  const { code, lines } = explain(problem)
  return refuse(io, json, code, lines)
}

function explain(problem: ChangeProblem): { readonly code: ExitCode; readonly lines: readonly string[] } {
  const no = (...lines: string[]) => ({ code: 1, lines }) as const
  const later = (...lines: string[]) => ({ code: 69, lines }) as const
  switch (problem.code) {
    case 'unavailable':
      return later('The database does not answer. Nothing was changed.')
    case 'busy':
      return later('Others published again and again at the same moment. Nothing was changed: try again.')
    case 'clock_behind':
      return later(
        `The clock of this machine is ${durationInWords(BigInt(problem.seconds) * 1_000_000_000n)} behind the revision in force. Set the clock: clients would refuse what is published now.`,
      )
    case 'invalid_policy':
      return no(
        'The policy is refused. Nothing was changed.',
        ...problem.problems.map(
          ({ path, severity, message }) =>
            `  ${severity === 'error' ? 'Error' : 'Warning'} at ${path === '' ? 'the document as a whole' : path}: ${message}`,
        ),
      )
    case 'would_remove':
      return no(
        'This would remove what is in force. Nothing was changed. Allow it with --allow-delete:',
        ...planInWords(problem.removals),
      )
    case 'another_revision':
      return no(`Revision ${problem.serial} is in force by now. Nothing was changed: plan again.`)
    case 'damaged_revision':
      return no(
        `Revision ${problem.serial} does not match its hash. To publish over it, apply a policy file with --allow-delete.`,
      )
    case 'unknown_revision':
      return no(`There is no revision ${problem.serial}.`)
    case 'words':
      return no(
        `The ${problem.member} is ${wordsProblems[problem.because]} It may have ${problem.most} characters.`,
      )
    case 'forbidden':
      return no(`You may not do this (${problem.operation}).`)
    case 'no_difference':
      return no('The policy in force says this already.')
    default:
      return no(`This is not possible as the change stands (${problem.code}).`)
  }
}

const wordsProblems = {
  empty: 'empty.',
  too_long: 'too long.',
  unsafe: 'not plain text: it has characters that do not show.',
} as const
