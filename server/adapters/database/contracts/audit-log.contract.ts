import assert from 'node:assert/strict'
import { it } from 'node:test'
import { hashEvent } from '../../../../domain/audit/chain.ts'
import type { AuditEvent } from '../../../../domain/audit/event.ts'
import { sha256 } from '../../system/sha256.ts'
import { answered, change, commented, exported, revision, storedKey } from './samples.fixture.ts'
import type { Subject } from './subject.fixture.ts'

function assertChain(events: readonly AuditEvent[]): void {
  events.forEach((event, index) => {
    assert.equal(event.sequence, index + 1)
    assert.equal(event.hash, hashEvent(event, sha256))
    assert.equal(event.previousHash, events[index - 1]?.hash ?? '0'.repeat(64))
  })
}

/** What every audit log does. */
export function auditLogContract(open: Subject): void {
  const many = { after: 0, limit: 1000 }

  it('is empty at first', async (t) => {
    const { audit } = await open(t)
    assert.equal(await audit.head(), undefined)
    assert.deepEqual(await audit.read(many), [])
    assert.deepEqual(await audit.list({ limit: 10 }), [])
  })

  it('hands out every part of an event', async (t) => {
    const { audit } = await open(t)
    const draft = {
      ...exported,
      words: 'A \0 and 🐝\u2028',
      before: { deep: [1, 1.5, null, true, 'ü'] },
      after: null,
      actor: { kind: 'local', id: '\0', name: 'n', address: '::1' },
    } as const
    assert.equal(await audit.append(draft), 'appended')
    const events = answered(await audit.read(many))
    assertChain(events)
    const { sequence: _, previousHash: __, hash, ...kept } = events[0] ?? assert.fail()
    assert.deepEqual(kept, draft)
    assert.deepEqual(await audit.head(), { sequence: 1, hash })
    assert.equal(answered(await audit.list({ limit: 1, actorId: '\0' })).length, 1)
  })

  it('has no gap and no fork after 20 deeds of every kind at once', async (t) => {
    const { revisions, changes, keys, audit } = await open(t)
    await Promise.all([
      ...Array.from({ length: 5 }, (_, index) => changes.create(change(`c${index}`), exported)),
      ...Array.from({ length: 5 }, () => revisions.publish({ revision: revision(1), event: exported })),
      ...Array.from({ length: 5 }, () => keys.replace([storedKey('one')], 0, exported)),
      ...Array.from({ length: 5 }, () => audit.append(exported)),
    ])
    const events = answered(await audit.read(many))
    assert.equal(events.length, 12)
    assertChain(events)
    assert.deepEqual(await audit.head(), { sequence: 12, hash: events.at(-1)?.hash })
  })

  it('refuses text that is no Unicode, and is not hurt by it', async (t) => {
    const { audit, changes } = await open(t)
    await assert.rejects(changes.create(change('c'), { ...exported, words: '\ud800' }), TypeError)
    assert.equal(await changes.get('c'), undefined)
    assert.equal(await audit.append(exported), 'appended')
    assertChain(answered(await audit.read(many)))
  })

  it('reads on from where a reader stopped', async (t) => {
    const { audit } = await open(t)
    for (let count = 0; count < 5; count += 1) await audit.append(exported)
    const sequences = answered(await audit.read({ after: 2, limit: 2 })).map(({ sequence }) => sequence)
    assert.deepEqual(sequences, [3, 4])
  })

  it('lists the newest first by kind, actor and time', async (t) => {
    const { audit } = await open(t)
    const grace = { kind: 'administrator', id: 'grace', name: 'Grace' } as const
    await audit.append(commented('a', { at: 1000 }))
    await audit.append(commented('b', { at: 2000, actor: grace }))
    await audit.append({ ...exported, at: 3000 })
    await audit.append(commented('d', { at: 4000, actor: grace }))
    const list = async (filter: Omit<Parameters<typeof audit.list>[0], 'limit'>, limit = 9) =>
      answered(await audit.list({ limit, ...filter })).map(({ sequence }) => sequence)
    assert.deepEqual(await list({}), [4, 3, 2, 1])
    assert.deepEqual(await list({}, 2), [4, 3])
    assert.deepEqual(await list({ before: 3 }), [2, 1])
    assert.deepEqual(await list({ kind: 'change.commented' }), [4, 2, 1])
    assert.deepEqual(await list({ actorId: 'grace' }), [4, 2])
    assert.deepEqual(await list({ from: 2000, until: 4000 }), [3, 2])
    assert.deepEqual(await list({ kind: 'change.commented', actorId: 'grace', before: 4, from: 1 }), [2])
  })
}
