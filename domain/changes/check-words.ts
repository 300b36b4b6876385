import { hasUnsafeCharacter } from '../policy/unsafe-characters.ts'
import { fail, ok, type Result } from '../result.ts'
import type { WordsProblem } from './change-problem.ts'

/** In characters. */
export const mostCharacters = { title: 200, reason: 4000, comment: 10_000 } as const

type Member = keyof typeof mostCharacters

/** What a person writes about a change, without space around it. Only a title must fit on one line. */
export function checkWords(member: Member, text: string): Result<string, WordsProblem> {
  const most = mostCharacters[member]
  const refuse = (because: WordsProblem['because']) => fail({ code: 'words' as const, member, because, most })
  if (text.length > most) return refuse('too_long')
  const trimmed = text.trim()
  if (trimmed === '') return refuse('empty')
  const line = member === 'title' ? trimmed : trimmed.replace(/\r?\n|\t/g, ' ')
  // Stops words that read differently from what they say, in a review or on a terminal.
  return hasUnsafeCharacter(line) || !trimmed.isWellFormed() ? refuse('unsafe') : ok(trimmed)
}
