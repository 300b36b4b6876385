import { type Actor, actorName } from '../../../domain/actor.ts'
import { quoted } from '../../../domain/audit/draft-event.ts'
import type { ChangeComment } from '../../../domain/changes/change.ts'
import { checkWords } from '../../../domain/changes/check-words.ts'
import { fail, ok } from '../../../domain/result.ts'
import { authorise, type Governance, nowInSeconds, type Outcome } from './governance.ts'
import { changeEvent } from './take-step.ts'

/** Says something about a change, in whatever state it is; a comment changes nothing about it. */
export async function commentChange(
  governance: Governance,
  actor: Actor,
  changeId: string,
  words: string,
): Outcome<ChangeComment> {
  const allowed = authorise(actor, 'change.comment')
  if (!allowed.ok) return allowed
  const text = checkWords('comment', words)
  if (!text.ok) return text
  const comment: ChangeComment = {
    id: governance.newId(),
    changeId,
    by: actorName(actor),
    at: nowInSeconds(governance),
    text: text.value,
  }
  const event = changeEvent(
    governance,
    actor,
    { id: changeId },
    {
      kind: 'change.commented',
      words: `Commented: ${quoted(text.value)}`,
      data: { commentId: comment.id },
    },
  )
  const outcome = await governance.changes.comment(comment, event)
  if (outcome === 'commented') return ok(comment)
  if (outcome === 'conflict') throw new TypeError('newId gave the id of another comment')
  return fail({ code: outcome })
}
