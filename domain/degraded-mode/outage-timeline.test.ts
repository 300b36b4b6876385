import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { standing } from './degraded-mode.ts'
import { outageTimeline } from './outage-timeline.ts'

const HOUR = 3600

test('shows how an outage goes on, with its durations in words and the message', () => {
  const message = 'Call 4400.'
  const timeline = outageTimeline({ policy: 'block_new', gracePeriod: 24 * HOUR, message }, 300)
  assert.deepEqual(
    timeline.map(({ state, startsAfter, lasts, createsAllowed, message: shown }) => [
      state,
      startsAfter,
      lasts,
      createsAllowed,
      shown,
    ]),
    [
      ['online', 0, '10 minutes', true, undefined],
      ['grace', 600, '23 hours 50 minutes', true, message],
      ['degraded', 24 * HOUR, 'until the manager answers', false, message],
    ],
  )
})

test('has no grace where there is none to notice', () => {
  const timeline = outageTimeline({ policy: 'block_new', gracePeriod: 60 }, 300)
  assert.deepEqual(
    timeline.map(({ state }) => state),
    ['online', 'degraded'],
  )
})

test('warns and goes on where no policy is set', () => {
  const last = outageTimeline(undefined, 300).at(-1)
  assert.equal(last?.createsAllowed, true)
  assert.equal(last?.sentence, 'Everything goes on. People see a warning.')
})

test('agrees with what clients do, at the start and the end of every phase', () => {
  const policy = fc.constantFrom('warn' as const, 'block_new' as const)
  fc.assert(
    fc.property(
      policy,
      fc.nat({ max: 400 * HOUR }),
      fc.integer({ min: 10, max: 24 * HOUR }),
      (kind, gracePeriod, refresh) => {
        const outage = { policy: kind, gracePeriod }
        const contact = { lastContact: 0, notAfter: 10_000 * HOUR, latestTime: 0 }
        for (const { state, startsAfter, endsAfter, createsAllowed } of outageTimeline(outage, refresh)) {
          for (const second of [startsAfter, (endsAfter ?? 9_999 * HOUR) - 1]) {
            const here = standing(outage, contact, refresh, second)
            assert.equal(here.state, state)
            assert.equal(here.createsAllowed, createsAllowed)
          }
        }
      },
    ),
  )
})
