import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { testJwk } from './key.fixture.ts'
import {
  firstKey,
  keyState,
  type ManagedKey,
  PUBLICATION_LEAD,
  publishedKeys,
  replaceStolenKey,
  rotate,
  signingKey,
} from './key-lifecycle.ts'

const START = 1_790_000_000
const DAY = 86_400
const ROTATED = START + 30 * DAY
const HANDOVER = ROTATED + PUBLICATION_LEAD
const GONE = HANDOVER + 60 + DAY

const [first, second, third] = [testJwk('first'), testJwk('second'), testJwk('third')]
const initial = firstKey(first, START)
const rotated = keysOf(rotate(initial, second, { now: ROTATED, longestTtl: DAY }))

function keysOf(result: ReturnType<typeof rotate>): readonly ManagedKey[] {
  assert.ok(result.ok, JSON.stringify(result))
  return result.value
}
const kids = (keys: readonly { readonly kid: string }[]) => keys.map(({ kid }) => kid)

describe('a rotation', () => {
  const cases = [
    ['before it', ROTATED - 1, 'first', ['first', 'second'], ['active', 'next']],
    ['at once', ROTATED, 'first', ['first', 'second'], ['active', 'next']],
    ['until the handover', HANDOVER - 1, 'first', ['first', 'second'], ['active', 'next']],
    ['from the handover on', HANDOVER, 'second', ['second', 'first'], ['retiring', 'active']],
    ['until the last envelope expires', GONE - 1, 'second', ['second', 'first'], ['retiring', 'active']],
    ['after that', GONE, 'second', ['second'], ['retired', 'active']],
  ] as const
  for (const [name, now, signing, published, states] of cases) {
    test(`${name}: ${signing} signs, ${published.join(' and ')} published`, () => {
      assert.equal(signingKey(rotated, now)?.publicJwk.kid, signing)
      assert.deepEqual(kids(publishedKeys(rotated, now)), published)
      assert.deepEqual(
        rotated.map((key) => keyState(key, now)),
        states,
      )
    })
  }
  test('publishes the next key for longer than a client may keep an old JWKS', () => {
    assert.ok(HANDOVER - ROTATED >= 300)
  })
  test('is refused while the one before has not taken effect', () => {
    assert.deepEqual(rotate(rotated, third, { now: HANDOVER - 1, longestTtl: DAY }), {
      ok: false,
      problem: { code: 'rotation_under_way', until: HANDOVER },
    })
  })
  test('may follow another while older keys still retire', () => {
    const twice = keysOf(rotate(rotated, third, { now: HANDOVER, longestTtl: DAY }))
    assert.deepEqual(kids(publishedKeys(twice, HANDOVER + PUBLICATION_LEAD)), ['third', 'first', 'second'])
  })
  test('is refused to a key that was there before', () => {
    const back = rotate(rotated, first, { now: GONE, longestTtl: DAY })
    assert.deepEqual(back, { ok: false, problem: { code: 'known_key' } })
  })
  test('is refused where there is no key', () => {
    const none = rotate([], first, { now: START, longestTtl: DAY })
    assert.deepEqual(none, { ok: false, problem: { code: 'no_active_key' } })
  })
})

describe('the first key', () => {
  test('signs at once', () => {
    assert.equal(signingKey(initial, START)?.publicJwk.kid, 'first')
  })
  test('signs although the clock went back', () => {
    assert.equal(signingKey(initial, START - 10 * DAY)?.publicJwk.kid, 'first')
  })
})

describe('a stolen key', () => {
  test('is gone at once, and its successor signs', () => {
    const result = replaceStolenKey(initial, second, ROTATED)
    assert.ok(result.ok)
    assert.equal(signingKey(result.value, ROTATED)?.publicJwk.kid, 'second')
    assert.deepEqual(kids(publishedKeys(result.value, ROTATED)), ['second'])
  })
  test('takes the key with it that waited beside it, and leaves those that retire', () => {
    const twice = keysOf(rotate(rotated, third, { now: HANDOVER, longestTtl: DAY }))
    const result = replaceStolenKey(twice, testJwk('fourth'), HANDOVER + 1)
    assert.ok(result.ok)
    assert.deepEqual(kids(publishedKeys(result.value, HANDOVER + 1)), ['fourth', 'first'])
  })
  test('is not replaced by itself', () => {
    assert.deepEqual(replaceStolenKey(initial, first, ROTATED), {
      ok: false,
      problem: { code: 'known_key' },
    })
  })
  test('cannot be replaced where there is none', () => {
    assert.deepEqual(replaceStolenKey([], first, ROTATED), { ok: false, problem: { code: 'no_active_key' } })
  })
})

test('publishes no private member, even of a key that has one', () => {
  const leaky = { ...testJwk('leaky'), d: 'secret', ext: true }
  assert.deepEqual(publishedKeys(firstKey(leaky, START), START), [testJwk('leaky')])
})
