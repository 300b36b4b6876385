import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { limits } from '../limits.ts'
import { type OutagePolicyReading, readOutagePolicy } from './outage-policy.ts'

const cases: Record<string, [stated: unknown, read: OutagePolicyReading]> = {
  'a policy with everything': [
    { policy: 'warn', grace_period: '1h30m', message: 'Call 4400.' },
    { policy: { policy: 'warn', gracePeriod: 5400, message: 'Call 4400.' }, misread: [] },
  ],
  'no grace period as none': [
    { policy: 'block_new' },
    { policy: { policy: 'block_new', gracePeriod: 0 }, misread: [] },
  ],
  'a part of a second as a second': [
    { policy: 'warn', grace_period: '1ms' },
    { policy: { policy: 'warn', gracePeriod: 1 }, misread: [] },
  ],
  'an empty message as none': [
    { policy: 'warn', message: '' },
    { policy: { policy: 'warn', gracePeriod: 0 }, misread: [] },
  ],
  'an unknown policy as the stricter one': [
    { policy: 'pause', grace_period: '1h' },
    { policy: { policy: 'block_new', gracePeriod: 3600 }, misread: ['policy'] },
  ],
  'an unreadable grace period as none': [
    { policy: 'warn', grace_period: '1d' },
    { policy: { policy: 'warn', gracePeriod: 0 }, misread: ['grace_period'] },
  ],
  'a negative grace period as none': [
    { policy: 'warn', grace_period: '-1h' },
    { policy: { policy: 'warn', gracePeriod: 0 }, misread: ['grace_period'] },
  ],
  'a grace period of centuries as the longest there is': [
    { policy: 'warn', grace_period: '2562047h' },
    { policy: { policy: 'warn', gracePeriod: limits.gracePeriod.seconds }, misread: [] },
  ],
  'a message that is no text as none': [
    { policy: 'warn', message: ['Call'] },
    { policy: { policy: 'warn', gracePeriod: 0 }, misread: ['message'] },
  ],
  'a text as the strictest policy': [
    'block',
    { policy: { policy: 'block_new', gracePeriod: 0 }, misread: ['policy'] },
  ],
}

describe('reads', () => {
  for (const [name, [stated, read]] of Object.entries(cases)) {
    test(name, () => {
      assert.deepEqual(readOutagePolicy(stated), read)
    })
  }
})

test('cuts a message that is longer than a person would read', () => {
  const { policy } = readOutagePolicy({ policy: 'warn', message: 'x'.repeat(limits.message.characters + 1) })
  assert.equal(policy.message?.length, limits.message.characters)
})
