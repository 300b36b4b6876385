import { type ActorName, actorName } from '../actor.ts'
import type { AuditData, AuditDraft, AuditKind, AuditSubject, JsonValue } from './event.ts'
import { maskSecrets, maskText } from './mask-secrets.ts'

const MOST_WORDS = 2000

export interface Happening<Kind extends AuditKind> {
  readonly kind: Kind
  /** Unix milliseconds. */
  readonly at: number
  readonly actor: ActorName & { readonly address?: string }
  readonly subject: AuditSubject
  /** Made of fixed words, and of texts that went through `quoted` or were masked otherwise. */
  readonly words: string
  readonly before?: JsonValue | undefined
  readonly after?: JsonValue | undefined
  /** Numbers, ids, hashes and fixed words: nothing that a person writes, so nothing to mask. */
  readonly data: AuditData[Kind]
}

/** Every event is made here, so that no secret gets into the log, which nobody can clean afterwards. */
export function draftEvent<Kind extends AuditKind>(happening: Happening<Kind>): AuditDraft {
  const { kind, at, actor, subject, words, before, after, data } = happening
  const name = actorName(actor)
  return {
    kind,
    at,
    actor: {
      ...name,
      name: maskText(name.name),
      ...(actor.address === undefined ? {} : { address: actor.address }),
    },
    subject,
    words: words.length > MOST_WORDS ? `${words.slice(0, MOST_WORDS).toWellFormed()}…` : words,
    ...(before === undefined ? {} : { before: maskSecrets(before) }),
    ...(after === undefined ? {} : { after: maskSecrets(after) }),
    data,
  } as AuditDraft // The data is that of the kind: the parameter ties them.
}

/** A title or another text of a person inside the words of an event. */
export const quoted = (text: string): string => `“${maskText(text)}”`
