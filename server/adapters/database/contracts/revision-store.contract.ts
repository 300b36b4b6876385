import assert from 'node:assert/strict'
import { it } from 'node:test'
import { answered, change, published, revision } from './samples.fixture.ts'
import type { Subject } from './subject.fixture.ts'

const times = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index)

/** What every store of revisions does. */
export function revisionStoreContract(open: Subject): void {
  const text = '{"layers":[]}'

  it('has no head, no revision and no serial at first', async (t) => {
    const { revisions } = await open(t)
    assert.equal(await revisions.head(), undefined)
    assert.equal(await revisions.get(1), undefined)
    assert.deepEqual(await revisions.list({ limit: 10 }), [])
    assert.equal(await revisions.highestSerialKnown(), 0)
  })

  it('hands out what was published, to the last character', async (t) => {
    const { revisions } = await open(t)
    const first = revision(1, undefined, {
      text: '{"layers":[],"z":"\\u0000é𝄞\u2028"}',
      title: 'A "title" with \0 and 🐝',
      reason: '',
      changeId: 'x',
    })
    assert.equal(await revisions.publish({ revision: first, event: published(1) }), 'published')
    assert.deepEqual(await revisions.get(1), { intact: true, serial: 1, revision: first })
    assert.deepEqual(await revisions.head(), {
      serial: 1,
      sha256: first.sha256,
      publishedAt: first.publishedAt,
    })
  })

  it('keeps a serial beyond 32 bits', async (t) => {
    const { revisions } = await open(t)
    await revisions.raiseSerialFloor(2 ** 40, published(1))
    const first = revision(2 ** 40 + 1)
    assert.equal(await revisions.publish({ revision: first, event: published(1) }), 'published')
    assert.equal(await revisions.highestSerialKnown(), 2 ** 40 + 1)
    assert.equal(answered(await revisions.get(2 ** 40 + 1))?.intact, true)
  })

  it('keeps a document of a quarter of a megabyte', async (t) => {
    const { revisions } = await open(t)
    const large = revision(1, undefined, { text: JSON.stringify('ü'.repeat(128 * 1024)) })
    assert.equal(await revisions.publish({ revision: large, event: published(1) }), 'published')
    assert.deepEqual(await revisions.get(1), { intact: true, serial: 1, revision: large })
  })

  it('lists the newest first, page by page', async (t) => {
    const { revisions } = await open(t)
    let previous = undefined as ReturnType<typeof revision> | undefined
    for (const index of times(5)) {
      previous = revision(index + 1, previous)
      await revisions.publish({ revision: previous, event: published(index + 1) })
    }
    const serials = async (before?: number) =>
      answered(await revisions.list({ limit: 2, ...(before === undefined ? {} : { before }) })).map(
        ({ serial }) => serial,
      )
    assert.deepEqual(await serials(), [5, 4])
    assert.deepEqual(await serials(4), [3, 2])
    assert.deepEqual(await serials(2), [1])
  })

  it('refuses a serial that is taken, with its event', async (t) => {
    const { revisions, audit } = await open(t)
    await revisions.publish({ revision: revision(1), event: published(1) })
    const other = revision(1, undefined, { text })
    assert.equal(await revisions.publish({ revision: other, event: published(1) }), 'serial_taken')
    assert.equal(answered(await audit.head())?.sequence, 1)
    assert.deepEqual(await revisions.get(1), { intact: true, serial: 1, revision: revision(1) })
  })

  it('refuses a serial that leaves a gap', async (t) => {
    const { revisions } = await open(t)
    assert.equal(await revisions.publish({ revision: revision(2), event: published(2) }), 'serial_taken')
  })

  it('refuses a revision that is not linked to the head', async (t) => {
    const { revisions } = await open(t)
    await revisions.publish({ revision: revision(1), event: published(1) })
    const forked = revision(2, revision(1, undefined, { text }))
    assert.equal(await revisions.publish({ revision: forked, event: published(2) }), 'serial_taken')
  })

  it('lets one of 20 that publish at once win each serial', async (t) => {
    const { revisions, audit } = await open(t)
    const race = (serial: number, previous?: ReturnType<typeof revision>) =>
      Promise.all(
        times(20).map((index) =>
          revisions.publish({
            revision: revision(serial, previous, { title: `Racer ${index}` }),
            event: published(serial),
          }),
        ),
      )
    for (const serial of [1, 2, 3]) {
      const newest = answered(await revisions.get(serial - 1))
      const outcomes = await race(serial, newest?.intact === true ? newest.revision : undefined)
      assert.equal(outcomes.filter((outcome) => outcome === 'published').length, 1)
      assert.equal(outcomes.filter((outcome) => outcome === 'serial_taken').length, 19)
    }
    assert.equal(answered(await audit.head())?.sequence, 3)
  })

  it('publishes a change in the same stroke', async (t) => {
    const { revisions, changes } = await open(t)
    await changes.create(change('c', { state: 'approved', version: 4 }), published(1))
    const first = revision(1, undefined, { changeId: 'c' })
    const outcome = await revisions.publish({
      revision: first,
      change: { id: 'c', version: 4 },
      event: published(1),
    })
    assert.equal(outcome, 'published')
    assert.deepEqual(
      await changes.get('c'),
      change('c', { state: 'published', version: 5, publishedSerial: 1, updatedAt: first.publishedAt }),
    )
  })

  it('publishes nothing when the change has moved', async (t) => {
    const { revisions, changes, audit } = await open(t)
    await changes.create(change('c', { version: 4 }), published(1))
    const attempt = { revision: revision(1), event: published(1) }
    assert.equal(await revisions.publish({ ...attempt, change: { id: 'c', version: 3 } }), 'change_moved')
    assert.equal(await revisions.publish({ ...attempt, change: { id: 'd', version: 4 } }), 'change_moved')
    assert.equal(await revisions.head(), undefined)
    assert.equal(answered(await audit.head())?.sequence, 1)
    assert.deepEqual(await changes.get('c'), change('c', { version: 4 }))
  })

  it('publishes no change that was withdrawn', async (t) => {
    const { revisions, changes } = await open(t)
    await changes.create(change('c', { state: 'withdrawn' }), published(1))
    assert.equal(
      await revisions.publish({
        revision: revision(1),
        change: { id: 'c', version: 1 },
        event: published(1),
      }),
      'change_moved',
    )
  })

  it('publishes a change once, however many ask for it at once', async (t) => {
    const { revisions, changes } = await open(t)
    await changes.create(change('c'), published(1))
    const outcomes = await Promise.all(
      times(20).map(() =>
        revisions.publish({ revision: revision(1), change: { id: 'c', version: 1 }, event: published(1) }),
      ),
    )
    assert.equal(outcomes.filter((outcome) => outcome === 'published').length, 1)
  })

  it('goes on above a raised floor', async (t) => {
    const { revisions } = await open(t)
    const first = revision(1)
    await revisions.publish({ revision: first, event: published(1) })
    assert.equal(await revisions.raiseSerialFloor(9, published(9)), 'raised')
    assert.equal(await revisions.highestSerialKnown(), 9)
    assert.equal(answered(await revisions.head())?.serial, 1)
    const publish = (serial: number) =>
      revisions.publish({ revision: revision(serial, first), event: published(serial) })
    assert.equal(await publish(2), 'serial_taken')
    assert.equal(await publish(10), 'published')
  })

  it('never lowers the floor', async (t) => {
    const { revisions, audit } = await open(t)
    await revisions.raiseSerialFloor(9, published(9))
    assert.equal(await revisions.raiseSerialFloor(9, published(9)), 'not_higher')
    assert.equal(await revisions.raiseSerialFloor(3, published(3)), 'not_higher')
    assert.equal(await revisions.highestSerialKnown(), 9)
    assert.equal(answered(await audit.head())?.sequence, 1)
  })
}
