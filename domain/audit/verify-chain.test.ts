import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { createLogs, happened } from './audit.fixture.ts'
import { chain, hashEvent } from './chain.ts'
import type { AuditEvent } from './event.ts'
import { type ChainFinding, type ChainKnowledge, verifyChain } from './verify-chain.ts'

const sha256 = (text: string): string => hash('sha256', text, 'hex')
const { chained, log } = createLogs(sha256)

async function findings(
  events: readonly AuditEvent[],
  knowledge?: ChainKnowledge,
): Promise<readonly ChainFinding[]> {
  const report = await verifyChain(events, sha256, knowledge)
  assert.equal(report.intact, report.findings.length === 0)
  return report.findings
}

const resealed = (event: AuditEvent): AuditEvent => ({ ...event, hash: hashEvent(event, sha256) })

/** The log with one event replaced. */
const replaced = (
  events: readonly AuditEvent[],
  sequence: number,
  change: (event: AuditEvent) => AuditEvent,
) => events.map((event) => (event.sequence === sequence ? change(event) : event))

test('believes a log as it was written, and says where it begins and ends', async () => {
  const events = log(5)
  const report = await verifyChain(events, sha256, { heads: events })
  assert.equal(report.intact, true)
  assert.equal(report.events, 5)
  assert.equal(report.first?.sequence, 1)
  assert.deepEqual(report.last, { sequence: 5, hash: events[4]?.hash })
})

test('believes a log without events when none is known', async () => {
  assert.deepEqual(await findings([]), [])
})

const changes: Readonly<Record<string, (event: AuditEvent) => AuditEvent>> = {
  words: (event) => ({ ...event, words: 'Nothing happened.' }),
  'the person': (event) => ({ ...event, actor: { ...event.actor, id: 'ben' } }),
  'the address': (event) => ({ ...event, actor: { ...event.actor, address: '203.0.113.1' } }),
  'the time': (event) => ({ ...event, at: event.at + 1 }),
  'the subject': (event) => ({ ...event, subject: { ...event.subject, id: 'c2' } }),
  'what was there before': (event) => ({ ...event, before: [] }),
  'the data': (event) => ({ ...event, data: { version: 3 } }) as AuditEvent,
  'the kind': (event) => ({ ...event, kind: 'change.unscheduled' }) as AuditEvent,
  'the hash': (event) => ({ ...event, hash: 'f'.repeat(64) }),
  'the actor to nothing': (event) => ({ ...event, actor: null }) as unknown as AuditEvent,
  'the data to nothing': (event) => ({ ...event, kind: 'audit.pruned', data: null }) as unknown as AuditEvent,
  'words to what no JSON can hold': (event) => ({ ...event, words: '\ud800' }),
}
for (const [what, change] of Object.entries(changes)) {
  test(`finds an event of which somebody changed ${what}`, async () => {
    const found = await findings(replaced(log(5), 3, change))
    assert.deepEqual(found[0], { code: 'changed', sequence: 3 })
  })
}

test('finds an event that was changed and hashed anew', async () => {
  const found = await findings(replaced(log(5), 3, (event) => resealed({ ...event, words: 'Forged.' })))
  assert.deepEqual(found, [{ code: 'unlinked', sequence: 4 }])
})

test('finds a last event that was changed and hashed anew where the last one is known', async () => {
  const events = log(5)
  const forged = replaced(events, 5, (event) => resealed({ ...event, words: 'Forged.' }))
  assert.deepEqual(await findings(forged), [])
  assert.deepEqual(await findings(forged, { heads: events.slice(-1) }), [{ code: 'rewritten', sequence: 5 }])
})

test('finds a log that was written anew from one event on, where a later one is known', async () => {
  const events = log(5)
  const kept = events.slice(0, 2)
  const forged = [...kept]
  for (const words of ['A.', 'B.', 'C.']) forged.push(chain(happened(words), forged.at(-1), sha256))
  assert.deepEqual(await findings(forged), [])
  assert.deepEqual(await findings(forged, { heads: events.slice(3, 4) }), [
    { code: 'rewritten', sequence: 4 },
  ])
})

for (const [title, from, to] of [
  ['one event', 3, 3],
  ['several events', 2, 4],
  ['the first event', 1, 1],
] as const) {
  test(`finds that ${title} is missing`, async () => {
    const found = await findings(log(6).filter(({ sequence }) => sequence < from || sequence > to))
    assert.deepEqual(found, [{ code: 'missing', from, to }])
  })
}

test('finds a missing event though the later ones were numbered and hashed anew', async () => {
  const events = log(5).flatMap((event) => {
    if (event.sequence === 3) return []
    return event.sequence < 3 ? [event] : [resealed({ ...event, sequence: event.sequence - 1 })]
  })
  assert.deepEqual(await findings(events), [
    { code: 'unlinked', sequence: 3 },
    { code: 'unlinked', sequence: 4 },
  ])
})

test('finds two events that changed places', async () => {
  const [one, two, three, four] = log(4)
  assert.ok(one && two && three && four)
  assert.deepEqual(await findings([one, three, two, four]), [
    { code: 'missing', from: 2, to: 2 },
    { code: 'reordered', sequence: 2 },
  ])
})

test('finds two events that changed their numbers', async () => {
  const events = log(4)
  const swapped = replaced(
    replaced(events, 2, (event) => ({ ...event, words: events[2]?.words ?? '' })),
    3,
    (event) => ({ ...event, words: events[1]?.words ?? '' }),
  )
  assert.deepEqual(await findings(swapped), [
    { code: 'changed', sequence: 2 },
    { code: 'changed', sequence: 3 },
  ])
})

test('finds an event that stands there twice', async () => {
  const events = log(3)
  assert.deepEqual(await findings([...events, ...events.slice(-1)]), [{ code: 'reordered', sequence: 3 }])
})

test('finds an event that was put in between', async () => {
  const events = log(4)
  const forged = chain(happened('Forged.'), events[1], sha256)
  const found = await findings([...events.slice(0, 2), forged, ...events.slice(2)])
  assert.deepEqual(found, [
    { code: 'reordered', sequence: 3 },
    { code: 'unlinked', sequence: 4 },
  ])
})

test('finds a tail that was cut off where the last event is known', async () => {
  const events = log(5)
  assert.deepEqual(await findings(events.slice(0, 3)), [])
  assert.deepEqual(await findings(events.slice(0, 3), { heads: events.slice(-1) }), [
    { code: 'truncated', last: 3, known: 5 },
  ])
})

test('finds that everything was removed where an event is known', async () => {
  assert.deepEqual(await findings([], { heads: log(5) }), [{ code: 'truncated', last: 0, known: 5 }])
})

test('finds a log that begins with an event of another log', async () => {
  const [first] = log(1)
  assert.ok(first)
  const other = resealed({ ...first, previousHash: 'e'.repeat(64) })
  assert.deepEqual(await findings([other]), [{ code: 'unlinked', sequence: 1 }])
})

test('stops listing after a hundred findings', async () => {
  const events = log(300).map((event) => ({ ...event, words: 'x' }))
  assert.equal((await findings(events)).length, 100)
})

test('an event does not depend on what a store adds to its row', () => {
  const draft = happened('Something.')
  const withMore = { ...draft, rowId: 7 }
  assert.deepEqual(chain(withMore, undefined, sha256), chain(draft, undefined, sha256))
})

test('any one changed text of any event is found', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme', maxLength: 20 }), { minLength: 1, maxLength: 8 }),
      fc.nat(),
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      async (words, place, other) => {
        const events = chained(words.map((text) => happened(text)))
        const at = (place % events.length) + 1
        fc.pre(words[at - 1] !== other)
        const found = await findings(replaced(events, at, (event) => ({ ...event, words: other })))
        assert.deepEqual(found, [{ code: 'changed', sequence: at }])
      },
    ),
  )
})
