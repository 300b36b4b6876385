import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describeRefusal, stepQuestions } from './describe-refusal.ts'
import { type EnvelopeRefusal, envelopeSteps } from './envelope-refusal.ts'

const refusals: Record<string, EnvelopeRefusal> = {
  'larger than 524288 bytes': { step: 'size', reason: 'too_large' },
  'one member twice': { step: 'form', reason: 'duplicate_member' },
  'not ES256': { step: 'header', reason: 'algorithm' },
  'the id abc': { step: 'key', reason: 'unknown_key', kid: 'abc' },
  'not the 64 bytes': { step: 'signature', reason: 'signature_length' },
  'schema_version is not': { step: 'schema_version', reason: 'unknown_schema' },
  'member etag is missing': { step: 'schema_version', reason: 'malformed', member: 'etag' },
  'another manager: https://a.example': {
    step: 'manager',
    reason: 'another_manager',
    found: 'https://a.example',
  },
  'dated 2026-09-21T14:13:20Z, which is in the future': {
    step: 'issued_at',
    reason: 'from_the_future',
    issuedAt: 1_790_000_000,
  },
  'expired at 2026-09-21T14:13:20Z': { step: 'not_after', reason: 'expired', notAfter: 1_790_000_000 },
  'serial is 41, and 42 was accepted': { step: 'order', reason: 'rollback', serial: 41, accepted: 42 },
  'one of 2026-09-21T14:13:21Z was accepted': {
    step: 'order',
    reason: 'older',
    issuedAt: 1_790_000_000,
    accepted: 1_790_000_001,
  },
}

for (const [words, refusal] of Object.entries(refusals)) {
  test(`says "${words}"`, () => {
    assert.ok(describeRefusal(refusal).includes(words), describeRefusal(refusal))
  })
}

test('has words for every step, each its own', () => {
  const questions = envelopeSteps.map((step) => stepQuestions[step])
  assert.equal(new Set(questions).size, envelopeSteps.length)
})
