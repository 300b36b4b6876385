import assert from 'node:assert/strict'
import { it } from 'node:test'
import { answered, author, change, commented } from './samples.fixture.ts'
import type { Subject } from './subject.fixture.ts'

/** What every store of changes does. */
export function changeStoreContract(open: Subject): void {
  const event = commented('c')
  const comment = { id: 'k1', changeId: 'c', by: author, at: 1_700_000_001, text: 'Why? \0 🐝' }

  it('knows nothing of a change that was never made', async (t) => {
    const { changes } = await open(t)
    assert.equal(await changes.get('c'), undefined)
    assert.equal(await changes.get('\0'), undefined)
    assert.deepEqual(await changes.list({ limit: 10 }), [])
    assert.deepEqual(await changes.comments('c'), [])
  })

  it('hands out what was saved', async (t) => {
    const { changes } = await open(t)
    const full = change('c', {
      title: 'Quotes " and \0 and 🐝',
      scheduledFor: 1_700_000_500,
      publishedSerial: 2 ** 40,
      approvals: [{ by: { kind: 'administrator', id: 'g', name: 'Grace' }, at: 1, version: 1 }],
    })
    assert.equal(await changes.create(full, event), 'created')
    assert.deepEqual(await changes.get('c'), full)
    const { document: _, ...summary } = full
    assert.deepEqual(await changes.list({ limit: 10 }), [summary])
  })

  it('refuses a second change of the same id, with its event', async (t) => {
    const { changes, audit } = await open(t)
    await changes.create(change('c'), event)
    assert.equal(await changes.create(change('c', { title: 'Other' }), event), 'conflict')
    assert.deepEqual(await changes.get('c'), change('c'))
    assert.equal(answered(await audit.head())?.sequence, 1)
  })

  it('tells ids apart by case', async (t) => {
    const { changes } = await open(t)
    await changes.create(change('c'), event)
    assert.equal(await changes.create(change('C'), event), 'created')
  })

  it('saves over the version that was read', async (t) => {
    const { changes } = await open(t)
    await changes.create(change('c', { scheduledFor: 5 }), event)
    const edited = change('c', { version: 2, title: 'Better' })
    assert.equal(await changes.save(edited, 1, event), 'saved')
    assert.deepEqual(await changes.get('c'), edited)
  })

  it('refuses to save over another version, with its event', async (t) => {
    const { changes, audit } = await open(t)
    await changes.create(change('c', { version: 2 }), event)
    assert.equal(await changes.save(change('c', { version: 2, title: 'Late' }), 1, event), 'conflict')
    assert.deepEqual(await changes.get('c'), change('c', { version: 2 }))
    assert.equal(answered(await audit.head())?.sequence, 1)
  })

  it('says that a change to be saved is not there', async (t) => {
    const { changes } = await open(t)
    assert.equal(await changes.save(change('c', { version: 2 }), 1, event), 'not_found')
  })

  it('lets one of 20 that save at once win', async (t) => {
    const { changes, audit } = await open(t)
    await changes.create(change('c'), event)
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        changes.save(change('c', { version: 2, title: `Racer ${index}` }), 1, event),
      ),
    )
    assert.equal(outcomes.filter((outcome) => outcome === 'saved').length, 1)
    assert.equal(answered(await audit.head())?.sequence, 2)
  })

  it('lists the newest first, page by page, also within a second', async (t) => {
    const { changes } = await open(t)
    for (const [id, createdAt] of [
      ['a', 10],
      ['b', 20],
      ['C', 20],
      ['d', 30],
    ] as const) {
      await changes.create(change(id, { createdAt, state: id === 'd' ? 'approved' : 'draft' }), event)
    }
    const ids = async (page: Parameters<typeof changes.list>[0]) =>
      answered(await changes.list(page)).map(({ id }) => id)
    assert.deepEqual(await ids({ limit: 2 }), ['d', 'b'])
    assert.deepEqual(await ids({ limit: 2, before: { createdAt: 20, id: 'b' } }), ['C', 'a'])
    assert.deepEqual(await ids({ limit: 9, state: 'draft' }), ['b', 'C', 'a'])
    assert.deepEqual(await ids({ limit: 9, state: 'draft', before: { createdAt: 20, id: 'C' } }), ['a'])
  })

  it('names what is due: approved, with a time that has come, the earliest first', async (t) => {
    const { changes } = await open(t)
    const approved = { state: 'approved' } as const
    await changes.create(change('later', { ...approved, scheduledFor: 101 }), event)
    await changes.create(change('now', { ...approved, scheduledFor: 100 }), event)
    await changes.create(change('before', { ...approved, scheduledFor: 50 }), event)
    await changes.create(change('draft', { scheduledFor: 50 }), event)
    await changes.create(change('unscheduled', approved), event)
    assert.deepEqual(
      answered(await changes.due(100, 9)).map(({ id }) => id),
      ['before', 'now'],
    )
    assert.deepEqual(
      answered(await changes.due(100, 1)).map(({ id }) => id),
      ['before'],
    )
  })

  it('keeps comments in the order of their time', async (t) => {
    const { changes } = await open(t)
    await changes.create(change('c'), event)
    await changes.create(change('d'), event)
    const earlier = { ...comment, id: 'k2', at: comment.at - 1 }
    assert.equal(await changes.comment(comment, event), 'commented')
    assert.equal(await changes.comment(earlier, event), 'commented')
    assert.deepEqual(await changes.comments('c'), [earlier, comment])
    assert.deepEqual(await changes.comments('d'), [])
  })

  it('refuses a comment on nothing and a comment twice', async (t) => {
    const { changes } = await open(t)
    assert.equal(await changes.comment(comment, event), 'not_found')
    await changes.create(change('c'), event)
    await changes.comment(comment, event)
    assert.equal(await changes.comment({ ...comment, text: 'Again' }, event), 'conflict')
    assert.deepEqual(await changes.comments('c'), [comment])
  })

  it('keeps its own copy of what it was given and hands out others', async (t) => {
    const { changes } = await open(t)
    const given = change('c', { contributors: [author] })
    await changes.create(given, event)
    Object.assign(given.document.layers[0] ?? {}, { name: 'changed behind its back' })
    const first = answered(await changes.get('c'))
    assert.equal(first?.document.layers[0]?.name, 'Organisation')
    Object.assign(first ?? {}, { title: 'changed behind its back' })
    assert.equal(answered(await changes.get('c'))?.title, 'A title')
  })
}
