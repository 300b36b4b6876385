import { chain } from './chain.ts'
import { draftEvent } from './draft-event.ts'
import type { AuditDraft, AuditEvent } from './event.ts'

export const happened = (words: string, at = 1000): AuditDraft =>
  draftEvent({
    kind: 'change.withdrawn',
    at,
    actor: { kind: 'administrator', id: 'ada', name: 'Ada', address: '192.0.2.7' },
    subject: { kind: 'change', id: 'c1' },
    words,
    data: { version: 2 },
  })

/** Logs under the digest of the test, which the domain does not have. */
export function createLogs(sha256: (text: string) => string) {
  const chained = (drafts: readonly AuditDraft[]): readonly AuditEvent[] => {
    const events: AuditEvent[] = []
    for (const draft of drafts) events.push(chain(draft, events.at(-1), sha256))
    return events
  }
  /** A log of so many events. */
  const log = (count: number): readonly AuditEvent[] =>
    chained(Array.from({ length: count }, (_, index) => happened(`Event ${index + 1}.`, 1000 + index)))
  return { chained, log }
}
