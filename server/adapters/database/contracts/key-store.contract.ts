import assert from 'node:assert/strict'
import { it } from 'node:test'
import { answered, exported, storedKey } from './samples.fixture.ts'
import type { Subject } from './subject.fixture.ts'

/** What every store of signing keys does. */
export function keyStoreContract(open: Subject): void {
  const first = storedKey('one', { signsUntil: 100, publishedUntil: 2 ** 40 })
  const second = storedKey('two')

  it('holds no key at first, at version 0', async (t) => {
    const { keys } = await open(t)
    assert.deepEqual(await keys.read(), { version: 0, keys: [] })
  })

  it('replaces the whole ring and keeps its order', async (t) => {
    const { keys } = await open(t)
    assert.equal(await keys.replace([second], 0, exported), 'saved')
    assert.equal(await keys.replace([second, first], 1, exported), 'saved')
    assert.deepEqual(await keys.read(), { version: 2, keys: [second, first] })
    assert.equal(await keys.replace([first], 2, exported), 'saved')
    assert.deepEqual(await keys.read(), { version: 3, keys: [first] })
  })

  it('refuses to replace another version, with its event', async (t) => {
    const { keys, audit } = await open(t)
    await keys.replace([first], 0, exported)
    assert.equal(await keys.replace([second], 0, exported), 'conflict')
    assert.equal(await keys.replace([], 2, exported), 'conflict')
    assert.deepEqual(await keys.read(), { version: 1, keys: [first] })
    assert.equal(answered(await audit.head())?.sequence, 1)
  })

  it('lets one of 20 that replace at once win', async (t) => {
    const { keys } = await open(t)
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) => keys.replace([storedKey(`k${index}`)], 0, exported)),
    )
    assert.equal(outcomes.filter((outcome) => outcome === 'saved').length, 1)
    assert.equal(answered(await keys.read()).keys.length, 1)
  })
}
