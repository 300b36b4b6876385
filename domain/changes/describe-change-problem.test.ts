import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChangeProblem } from './change-problem.ts'
import { describeChangeProblem } from './describe-change-problem.ts'

const layer = { id: 'organisation', name: 'Organisation' }

const sentences: readonly (readonly [ChangeProblem, RegExp])[] = [
  [{ code: 'closed', state: 'withdrawn' }, /is withdrawn/],
  [{ code: 'not_submitted' }, /Submit/],
  [{ code: 'already_submitted', state: 'approved' }, /submitted before/],
  [{ code: 'own_change' }, /somebody who wrote no part/],
  [{ code: 'not_a_person' }, /signed in/],
  [{ code: 'already_approved' }, /somebody else/],
  [{ code: 'approvals_missing', required: 2, given: 1 }, /needs 2 approvals and has 1/],
  [{ code: 'time_not_ahead' }, /ahead/],
  [{ code: 'time_too_far' }, /within a year/],
  [{ code: 'not_scheduled' }, /No time/],
  [{ code: 'words', member: 'title', because: 'empty', most: 200 }, /Give a title/],
  [{ code: 'words', member: 'reason', because: 'too_long', most: 4000 }, /at most 4000/],
  [{ code: 'words', member: 'comment', because: 'unsafe', most: 1 }, /control characters/],
  [{ code: 'forbidden', operation: 'change.approve' }, /change\.approve/],
  [{ code: 'not_found' }, /no such change/],
  [{ code: 'moved' }, /Load it again/],
  [{ code: 'unknown_revision', serial: 9 }, /no revision 9/],
  [{ code: 'damaged_revision', serial: 9 }, /Revision 9 is damaged/],
  [{ code: 'invalid_policy', problems: [] }, /0 errors/],
  [
    {
      code: 'conflict',
      serial: 4,
      conflicts: [
        { kind: 'directive', layer, key: 'playground' },
        { kind: 'name', layer: { ...layer, name: 'a\u001b[2J' } },
        { kind: 'audience', layer },
        { kind: 'layer', layer },
        { kind: 'order' },
      ],
      draft: { layers: [] },
    },
    /^Revision 4 changed the same: Playground in layer “Organisation”, the name of layer “a\\u\{1b\}\[2J”, the audience of layer “Organisation”, layer “Organisation” as a whole, the order of the layers\./,
  ],
  [{ code: 'no_difference' }, /already/],
  [{ code: 'would_remove', removals: [] }, /Allow removals/],
  [{ code: 'another_revision', serial: 4 }, /Revision 4 is in force/],
  [{ code: 'clock_behind', seconds: 61 }, /61 seconds behind/],
  [{ code: 'busy' }, /Try again/],
  [{ code: 'unavailable' }, /database does not answer/],
]

for (const [problem, sentence] of sentences) {
  const detail = problem.code === 'words' ? ` ${problem.because}` : ''
  test(`says what to do about ${problem.code}${detail}`, () => {
    assert.match(describeChangeProblem(problem), sentence)
  })
}
