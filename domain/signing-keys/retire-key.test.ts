import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { testJwk } from './key.fixture.ts'
import { firstKey, keyState, publishedKeys, rotate, signingKey } from './key-lifecycle.ts'
import { retireKey } from './retire-key.ts'

const now = 1_790_000_000
const DAY = 86_400
const alone = firstKey(testJwk('one'), now)
const rotated = rotate(alone, testJwk('two'), { now, longestTtl: DAY })
const rotating = rotated.ok ? rotated.value : []
const handedOver = now + 3600

describe('ending a key before its time', () => {
  it('withdraws a key that has not signed, and lets the present one go on without an end', () => {
    assert.deepEqual(retireKey(rotating, 'two', now), { ok: true, value: alone })
  })

  it('takes a key that signed before out of what is published', () => {
    const retired = retireKey(rotating, 'one', handedOver)

    assert.deepEqual(retired.ok && publishedKeys(retired.value, handedOver).map(({ kid }) => kid), ['two'])
    assert.equal(retired.ok && signingKey(retired.value, handedOver)?.publicJwk.kid, 'two')
  })

  it('refuses to end the key that signs', () => {
    assert.deepEqual(retireKey(alone, 'one', now), { ok: false, problem: { code: 'signs_now' } })
  })

  it('refuses a key that is retired already', () => {
    const later = handedOver + 2 * DAY

    assert.equal(rotating[0] && keyState(rotating[0], later), 'retired')
    assert.deepEqual(retireKey(rotating, 'one', later), { ok: false, problem: { code: 'already_retired' } })
  })

  it('refuses a key that nobody knows', () => {
    assert.deepEqual(retireKey(alone, 'another', now), { ok: false, problem: { code: 'unknown_key' } })
  })

  it('lets a new rotation begin after the next key was withdrawn', () => {
    const withdrawn = retireKey(rotating, 'two', now)

    assert.equal(withdrawn.ok && rotate(withdrawn.value, testJwk('three'), { now, longestTtl: DAY }).ok, true)
  })
})
