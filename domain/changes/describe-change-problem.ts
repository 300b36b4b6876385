import { findDirective } from '../policy/find-directive.ts'
import type { MergeConflict } from '../policy/merge-policies.ts'
import { escapeUnsafeCharacters } from '../policy/unsafe-characters.ts'
import type { ChangeProblem } from './change-problem.ts'

/** What stands in the way and what to do, in a sentence or two. */
export function describeChangeProblem(problem: ChangeProblem): string {
  switch (problem.code) {
    case 'closed':
      return `This change is ${problem.state}. Start a new one.`
    case 'not_submitted':
      return 'Submit this change for review first.'
    case 'already_submitted':
      return 'This change was submitted before.'
    case 'own_change':
      return 'Ask somebody who wrote no part of this change to approve it.'
    case 'not_a_person':
      return 'Only an administrator who is signed in can approve a change.'
    case 'already_approved':
      return 'You approved this change before. It needs somebody else.'
    case 'approvals_missing':
      return `This change needs ${counted(problem.required, 'approval')} and has ${problem.given}.`
    case 'time_not_ahead':
      return 'Choose a time that is still ahead.'
    case 'time_too_far':
      return 'Choose a time within a year.'
    case 'not_scheduled':
      return 'No time is set for this change.'
    case 'words':
      return describeWords(problem)
    case 'forbidden':
      return `None of your roles allows this (${problem.operation}). Ask an owner.`
    case 'not_found':
      return 'There is no such change.'
    case 'moved':
      return 'Somebody else took a step with this change meanwhile. Load it again and repeat yours.'
    case 'unknown_revision':
      return `There is no revision ${problem.serial}.`
    case 'damaged_revision':
      return `Revision ${problem.serial} is damaged in the database and cannot be read. Restore a backup, or apply a whole policy file with removals allowed.`
    case 'invalid_policy': {
      const errors = problem.problems.filter(({ severity }) => severity === 'error').length
      return `The policy is not valid: ${counted(errors, 'error')}. Correct it and try again.`
    }
    case 'conflict':
      return `Revision ${problem.serial} changed the same: ${problem.conflicts.map(place).join(', ')}. Decide for each, and edit the change.`
    case 'no_difference':
      return 'The policy in force says this already.'
    case 'would_remove':
      return `This would remove ${counted(problem.removals.length, 'thing')} that ${problem.removals.length === 1 ? 'is' : 'are'} in force. Allow removals if that is meant.`
    case 'another_revision':
      return `Revision ${problem.serial} is in force by now. Look at what changed and plan again.`
    case 'clock_behind':
      return `The clock of this machine is ${counted(problem.seconds, 'second')} behind the revision in force. Set it right and try again.`
    case 'busy':
      return 'Others published again and again at the same moment. Try again.'
    case 'unavailable':
      return 'The database does not answer. Nothing was changed. Try again when it is back.'
  }
}

function describeWords(problem: Extract<ChangeProblem, { code: 'words' }>): string {
  switch (problem.because) {
    case 'empty':
      return `Give a ${problem.member}.`
    case 'too_long':
      return `Shorten the ${problem.member} to at most ${problem.most} characters.`
    case 'unsafe':
      return `Remove control characters from the ${problem.member}.`
  }
}

function place(conflict: MergeConflict): string {
  if (conflict.kind === 'order') return 'the order of the layers'
  const layer = `layer “${escapeUnsafeCharacters(conflict.layer.name)}”`
  switch (conflict.kind) {
    case 'directive':
      return `${findDirective(conflict.key).title} in ${layer}`
    case 'name':
      return `the name of ${layer}`
    case 'audience':
      return `the audience of ${layer}`
    case 'layer':
      return `${layer} as a whole`
  }
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
