import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { clockJumps } from './clock-jumps.corpus.ts'
import { type ContactRecord, latestTime, type Standing, standing } from './degraded-mode.ts'
import type { OutagePolicy } from './outage-policy.ts'

const MINUTE = 60
const HOUR = 60 * MINUTE
const CONTACT = 1_790_000_000
const REFRESH = 5 * MINUTE
const contact: ContactRecord = {
  lastContact: CONTACT,
  notAfter: CONTACT + 20 * HOUR,
  latestTime: CONTACT,
}
const message = 'New servers are paused; call Platform on 4400.'
const block: OutagePolicy = { policy: 'block_new', gracePeriod: 24 * HOUR, message }
const warn: OutagePolicy = { policy: 'warn', gracePeriod: 24 * HOUR }

describe('an outage, second by second', () => {
  const cases: [
    name: string,
    outage: OutagePolicy | undefined,
    after: number,
    expected: Standing['state'],
  ][] = [
    ['at the last contact', block, 0, 'online'],
    ['one poll later', block, REFRESH, 'online'],
    ['in the last second that nobody notices', block, 2 * REFRESH - 1, 'online'],
    ['when two polls are missing', block, 2 * REFRESH, 'grace'],
    ['in the last second of grace', block, 24 * HOUR - 1, 'grace'],
    ['when grace is over', block, 24 * HOUR, 'degraded'],
    ['a year later', block, 8760 * HOUR, 'degraded'],
    ['with warn, when grace is over', warn, 24 * HOUR, 'degraded'],
    ['without a grace period, before it is noticed', { ...block, gracePeriod: 0 }, 2 * REFRESH - 1, 'online'],
    ['without a grace period, once noticed', { ...block, gracePeriod: 0 }, 2 * REFRESH, 'degraded'],
    ['with a grace period over before it is noticed', { ...block, gracePeriod: 1 }, 2 * REFRESH, 'degraded'],
    ['without an outage policy, before it is noticed', undefined, 2 * REFRESH - 1, 'online'],
    ['without an outage policy, once noticed', undefined, 2 * REFRESH, 'degraded'],
  ]
  for (const [name, outage, after, expected] of cases) {
    test(`${name} a client is ${expected}`, () => {
      assert.equal(standing(outage, contact, REFRESH, CONTACT + after).state, expected)
    })
  }
})

describe('what a client does', () => {
  test('online: everything, without a warning', () => {
    assert.deepEqual(standing(block, contact, REFRESH, CONTACT), {
      state: 'online',
      createsAllowed: true,
      changesAt: CONTACT + 2 * REFRESH,
    })
  })
  test('in grace: everything, with a warning that says since when and what comes', () => {
    assert.deepEqual(standing(block, contact, REFRESH, CONTACT + HOUR), {
      state: 'grace',
      createsAllowed: true,
      warning: { since: CONTACT, message },
      changesAt: CONTACT + 24 * HOUR,
    })
  })
  test('degraded with block_new: nothing new', () => {
    assert.deepEqual(standing(block, contact, REFRESH, CONTACT + 24 * HOUR), {
      state: 'degraded',
      createsAllowed: false,
      warning: { since: CONTACT, message },
    })
  })
  test('degraded with warn: everything, with a warning', () => {
    assert.deepEqual(standing(warn, contact, REFRESH, CONTACT + 24 * HOUR), {
      state: 'degraded',
      createsAllowed: true,
      warning: { since: CONTACT },
    })
  })
  test('degraded without an outage policy: everything, with a warning', () => {
    assert.deepEqual(standing(undefined, contact, REFRESH, CONTACT + HOUR), {
      state: 'degraded',
      createsAllowed: true,
      warning: { since: CONTACT },
    })
  })
})

describe('an envelope that expires', () => {
  const frozen = { ...contact, notAfter: CONTACT + HOUR }
  const answeredAt = (seconds: number) => ({
    ...frozen,
    lastContact: CONTACT + seconds,
    latestTime: CONTACT + seconds,
  })

  test('while the manager is away does not cut the grace period short', () => {
    assert.equal(standing(block, frozen, REFRESH, CONTACT + 23 * HOUR).state, 'grace')
  })
  test('ends being online in that second, although somebody answered a moment before', () => {
    assert.equal(standing(block, answeredAt(HOUR - 1), REFRESH, CONTACT + HOUR - 1).state, 'online')
    assert.equal(standing(block, answeredAt(HOUR - 1), REFRESH, CONTACT + HOUR).state, 'grace')
  })
  test('lets the grace period run from its end, whatever is answered after it', () => {
    const late = answeredAt(25 * HOUR)
    assert.deepEqual(standing(block, late, REFRESH, CONTACT + 25 * HOUR), {
      state: 'degraded',
      createsAllowed: false,
      warning: { since: CONTACT + HOUR, message },
    })
  })
})

describe('a clock that jumps 12 hours into an outage', () => {
  for (const { hours, after, later } of clockJumps) {
    test(`by ${hours} hours leaves the client in ${after}, and 13 hours later ${later}`, () => {
      const before = latestTime(CONTACT, 12 * HOUR, CONTACT + 12 * HOUR)
      const wall = CONTACT + (12 + hours) * HOUR
      const jumped = latestTime(before, 0, wall)
      const outage = { ...contact, latestTime: jumped }
      assert.equal(standing(block, outage, REFRESH, wall).state, after)

      const muchLater = { ...contact, latestTime: latestTime(jumped, 13 * HOUR, wall + 13 * HOUR) }
      assert.equal(standing(block, muchLater, REFRESH, wall + 13 * HOUR).state, later)
    })
  }
  test('back, across a restart, gives no time back either', () => {
    const degraded = { ...contact, latestTime: CONTACT + 25 * HOUR }
    assert.equal(standing(block, degraded, REFRESH, CONTACT - 48 * HOUR).state, 'degraded')
  })
  test('ahead does no harm beyond the next contact', () => {
    const now = CONTACT + 13 * HOUR
    const again = { lastContact: now, notAfter: now + 20 * HOUR, latestTime: now }
    assert.equal(standing(block, again, REFRESH, now).state, 'online')
  })
})

test('a machine that slept through the grace period wakes up degraded, and the sleep counts once', () => {
  const now = CONTACT + 36 * HOUR
  const woken = { ...contact, latestTime: latestTime(CONTACT, 0, now) }
  assert.equal(standing(block, woken, REFRESH, now).state, 'degraded')
  assert.equal(woken.latestTime, now)
})

test('without contact a client never becomes less strict, whatever the clock does', () => {
  const strictness = ['online', 'grace', 'degraded']
  const steps = fc.array(
    fc.record({ elapsed: fc.nat({ max: 12 * HOUR }), wall: fc.integer({ min: -1e6, max: 1e6 }) }),
  )
  fc.assert(
    fc.property(steps, fc.nat({ max: 48 * HOUR }), (moves, gracePeriod) => {
      let record = contact
      let least = 0
      for (const { elapsed, wall } of moves) {
        const now = CONTACT + wall
        record = { ...record, latestTime: latestTime(record.latestTime, elapsed, now) }
        const level = strictness.indexOf(standing({ ...block, gracePeriod }, record, REFRESH, now).state)
        assert.ok(level >= least)
        least = level
      }
    }),
    { numRuns: 1000 },
  )
})

test('the state changes at the second that was announced, and not before', () => {
  fc.assert(
    fc.property(fc.nat({ max: 48 * HOUR }), fc.nat({ max: 48 * HOUR }), (gracePeriod, life) => {
      const record = { ...contact, notAfter: CONTACT + life }
      const policy = { ...block, gracePeriod }
      const here = standing(policy, record, REFRESH, CONTACT)
      if (here.changesAt === undefined) return
      assert.equal(standing(policy, record, REFRESH, here.changesAt - 1).state, here.state)
      assert.notEqual(standing(policy, record, REFRESH, here.changesAt).state, here.state)
    }),
    { numRuns: 1000 },
  )
})
