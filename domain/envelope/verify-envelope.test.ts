import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { limits } from '../limits.ts'
import {
  contextOf,
  createTestKey,
  NOW,
  sampleMembers,
  sealBoth,
  sealJson,
  verifySignature,
} from './envelope.fixture.ts'
import { verifyEnvelope } from './verify-envelope.ts'

const vectors = JSON.parse(
  readFileSync(new URL('../../docs/contract/vectors/envelopes.json', import.meta.url), 'utf8'),
)
const key = await createTestKey()

async function verified(members: object) {
  const result = await verifyEnvelope(await sealJson(key, members), contextOf(key))
  assert.ok(result.ok, JSON.stringify(result))
  return result.value
}

for (const { name, input, sample } of vectors.cases) {
  for (const form of ['json', 'jose']) {
    test(`accepts the sample of "${name}" as ${form}`, async () => {
      const context = { keys: [vectors.key.jwk], manager: input.manager, now: input.now, verifySignature }
      const result = await verifyEnvelope(sample[form], context)
      assert.ok(result.ok)
      assert.deepEqual(result.value.remarks, [])
      assert.equal(result.value.refreshInterval, 300)
    })
  }
}

for (const [name, text] of Object.entries<string>(vectors.reject)) {
  test(`refuses: ${name}`, async () => {
    const { input } = vectors.cases[0]
    const context = { keys: [vectors.key.jwk], manager: input.manager, now: input.now, verifySignature }
    assert.equal((await verifyEnvelope(text, context)).ok, false)
  })
}

test('says what the envelope says', async () => {
  const envelope = await verified(sampleMembers)
  assert.equal(envelope.kid, key.jwk.kid)
  assert.equal(envelope.serial, 42)
  assert.equal(envelope.issuedAt, 1_790_000_000)
  assert.equal(envelope.notAfter, 1_790_086_400)
  assert.equal(envelope.outage, undefined)
  assert.deepEqual([...envelope.directives], [['playground', { value: false, enforcement: 'enforced' }]])
})

test('accepts JSON that a proxy has laid out anew, since what is signed is its canonical form', async () => {
  const members = JSON.parse(await sealJson(key, sampleMembers))
  const reversed = Object.fromEntries(Object.entries(members).reverse())
  const result = await verifyEnvelope(` ${JSON.stringify(reversed, undefined, 2)}\n`, contextOf(key))
  assert.ok(result.ok)
})

test('keeps a member of the envelope that it does not know', async () => {
  const envelope = await verified({ ...sampleMembers, announced: { by: 'a later version' } })
  assert.deepEqual(envelope.members.announced, { by: 'a later version' })
})

test('keeps an unknown directive, leaves it out and reports it', async () => {
  const telepathy = { value: true, enforcement: 'enforced' }
  const envelope = await verified({ ...sampleMembers, config: { ...sampleMembers.config, telepathy } })
  assert.deepEqual(Object(envelope.members.config).telepathy, telepathy)
  assert.deepEqual([...envelope.directives.keys()], ['playground'])
  assert.deepEqual(envelope.remarks, [{ code: 'unknown_directive', directive: 'telepathy' }])
})

for (const enforcement of ['forced', 'Default', null, 1]) {
  test(`takes the enforcement ${JSON.stringify(enforcement)} as enforced and reports it`, async () => {
    const envelope = await verified({
      ...sampleMembers,
      config: { assistant: { value: false, enforcement } },
    })
    assert.deepEqual(envelope.directives.get('assistant'), { value: false, enforcement: 'enforced' })
    assert.deepEqual(envelope.remarks, [
      { code: 'unknown_enforcement', directive: 'assistant', found: enforcement },
    ])
  })
}

test('reports a directive without a value and leaves it out', async () => {
  const envelope = await verified({ ...sampleMembers, config: { assistant: { enforcement: 'default' } } })
  assert.equal(envelope.directives.size, 0)
  assert.deepEqual(envelope.remarks, [{ code: 'malformed_directive', directive: 'assistant' }])
})

describe('reads degraded_mode', () => {
  const degraded_mode = { policy: 'warn', grace_period: '1h', message: 'Call 4400.' }
  const nested = { ...sampleMembers, config: { degraded_mode } }

  test('where it stands at both places', async () => {
    const envelope = await verified({ ...nested, degraded_mode })
    assert.deepEqual(envelope.outage, { policy: 'warn', gracePeriod: 3600, message: 'Call 4400.' })
    assert.deepEqual(envelope.remarks, [])
  })
  test('where it stands in the policy alone, and reports that', async () => {
    const envelope = await verified(nested)
    assert.equal(envelope.outage?.policy, 'warn')
    assert.deepEqual(envelope.remarks, [{ code: 'degraded_mode_differs' }])
  })
  test('from the top level where the two differ, and reports that', async () => {
    const envelope = await verified({ ...nested, degraded_mode: { policy: 'block_new' } })
    assert.deepEqual(envelope.outage, { policy: 'block_new', gracePeriod: 0 })
    assert.deepEqual(envelope.remarks, [{ code: 'degraded_mode_differs' }])
  })
})

describe('keeps to its own bounds', () => {
  const cases = [
    ['1ms', limits.refreshInterval.least],
    ['9.999s', limits.refreshInterval.least],
    ['-5m', limits.refreshInterval.least],
    ['soon', limits.refreshInterval.least],
    ['87600h', limits.refreshInterval.most],
  ] as const
  for (const [found, used] of cases) {
    test(`a refresh_interval of ${found} is taken as ${used} seconds and reported`, async () => {
      const envelope = await verified({ ...sampleMembers, refresh_interval: found })
      assert.equal(envelope.refreshInterval, used)
      assert.deepEqual(envelope.remarks, [{ code: 'refresh_interval', found, used }])
    })
  }
  for (const found of ['10s', '24h0m0s']) {
    test(`a refresh_interval of ${found} is taken as it is`, async () => {
      assert.deepEqual((await verified({ ...sampleMembers, refresh_interval: found })).remarks, [])
    })
  }
  test('a life of more than 30 days ends after 30 days', async () => {
    const envelope = await verified({ ...sampleMembers, not_after: '2036-09-21T14:13:20Z' })
    assert.equal(envelope.notAfter, envelope.issuedAt + limits.envelopeTtl.most)
    assert.deepEqual(envelope.remarks[0]?.code, 'lifetime')
  })
})

describe('checks in the order of the contract', () => {
  const wrong = {
    ...sampleMembers,
    schema_version: '2',
    manager: 'https://other.example.com',
    issued_at: '2030-01-01T00:00:00Z',
    not_after: '2020-01-01T00:00:00Z',
    serial: 1,
  }
  const right = Object.entries({
    schema_version: '1',
    manager: sampleMembers.manager,
    issued_at: '2026-09-20T00:00:00Z',
    not_after: sampleMembers.not_after,
    serial: 42,
  })
  const accepted = { serial: 41, issuedAt: 1_789_000_000, latestTime: NOW }
  const steps = ['schema_version', 'manager', 'issued_at', 'not_after', 'order']
  for (const [done, step] of steps.entries()) {
    test(`${step} is the ${done + 6}th check`, async () => {
      const members = { ...wrong, ...Object.fromEntries(right.slice(0, done)) }
      // A date of the past is also the wrong way round, unless it follows the other one.
      if (step === 'not_after') Object.assign(members, { issued_at: '2019-01-01T00:00:00Z' })
      const result = await verifyEnvelope(await sealJson(key, members), contextOf(key, { accepted }))
      assert.equal(result.ok ? 'accepted' : result.problem.step, step)
    })
  }
  test('what has all of it right is accepted', async () => {
    const members = { ...wrong, ...Object.fromEntries(right) }
    assert.ok((await verifyEnvelope(await sealJson(key, members), contextOf(key, { accepted }))).ok)
  })
})

describe('refuses a signed envelope whose members are of the wrong kind', () => {
  const cases: Record<string, object> = {
    'config is a list': { config: [] },
    'config is missing': { config: null },
    'etag is a number': { etag: 1 },
    'refresh_interval is a number': { refresh_interval: 300 },
    'serial is zero': { serial: 0 },
    'serial is a text': { serial: '42' },
    'serial is beyond what a number holds exactly': { serial: 2 ** 53 },
  }
  for (const [name, change] of Object.entries(cases)) {
    for (const form of ['JSON form', 'JOSE form'] as const) {
      test(`${name} (${form})`, async () => {
        const text = (await sealBoth(key, { ...sampleMembers, ...change }))[form]
        const result = await verifyEnvelope(text, contextOf(key))
        assert.ok(!result.ok && result.problem.reason === 'malformed')
      })
    }
  }
})
