import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { formatInstant } from '../instant.ts'
import { type Acceptance, accept } from './acceptance.ts'
import { contextOf, createTestKey, ISSUED_AT, NOW, sampleMembers, sealBoth } from './envelope.fixture.ts'
import { verifyEnvelope } from './verify-envelope.ts'

const key = await createTestKey()
const { serial: _, ...unnumbered } = sampleMembers
const numbered = { serial: 42, issuedAt: ISSUED_AT, latestTime: NOW }
const dated = { issuedAt: ISSUED_AT, latestTime: NOW }

interface Case {
  readonly accepted: Acceptance
  readonly members: object
  readonly expect: 'accepted' | 'rollback' | 'older'
}

const cases: Record<string, Case> = {
  'the next serial': {
    accepted: numbered,
    members: { ...sampleMembers, serial: 43 },
    expect: 'accepted',
  },
  'a later serial with an earlier date, from a replica whose clock is behind': {
    accepted: numbered,
    members: { ...sampleMembers, serial: 43, issued_at: formatInstant(ISSUED_AT - 30) },
    expect: 'accepted',
  },
  'the same envelope again': { accepted: numbered, members: sampleMembers, expect: 'accepted' },
  'the same serial in the next window': {
    accepted: { ...numbered, issuedAt: ISSUED_AT - 43_200 },
    members: sampleMembers,
    expect: 'accepted',
  },
  'an earlier serial': { accepted: numbered, members: { ...sampleMembers, serial: 41 }, expect: 'rollback' },
  'an earlier serial with a later date, as a restored backup would issue': {
    accepted: { ...numbered, issuedAt: ISSUED_AT - 43_200 },
    members: { ...sampleMembers, serial: 41 },
    expect: 'rollback',
  },
  'the same serial with an earlier date': {
    accepted: { ...numbered, issuedAt: ISSUED_AT + 1 },
    members: sampleMembers,
    expect: 'older',
  },
  'no serial and the same date': { accepted: dated, members: unnumbered, expect: 'accepted' },
  'no serial and an earlier date': {
    accepted: { ...dated, issuedAt: ISSUED_AT + 1 },
    members: unnumbered,
    expect: 'older',
  },
  'no serial any more and an earlier date': {
    accepted: { ...numbered, issuedAt: ISSUED_AT + 1 },
    members: unnumbered,
    expect: 'older',
  },
  'a first serial after envelopes without one': {
    accepted: { ...dated, issuedAt: ISSUED_AT - 1 },
    members: sampleMembers,
    expect: 'accepted',
  },
}

for (const [name, { accepted, members, expect }] of Object.entries(cases)) {
  for (const form of ['JSON form', 'JOSE form'] as const) {
    test(`${expect === 'accepted' ? 'accepts' : 'rejects'} ${name} (${form})`, async () => {
      const text = (await sealBoth(key, members))[form]
      const result = await verifyEnvelope(text, contextOf(key, { accepted }))
      assert.equal(result.ok ? 'accepted' : result.problem.reason, expect)
    })
  }
}

describe('remembers', () => {
  test('the highest serial even when the envelopes after it have none', () => {
    assert.deepEqual(accept(numbered, { issuedAt: ISSUED_AT + 60 }, NOW + 60), {
      serial: 42,
      issuedAt: ISSUED_AT + 60,
      latestTime: NOW + 60,
    })
  })
  test('no serial where there was none', () => {
    assert.deepEqual(accept(undefined, { issuedAt: ISSUED_AT }, NOW), dated)
  })
})
