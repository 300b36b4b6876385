import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFakeClock, createRecordingMetrics } from '../../adapters/identity-provider/testing/observed.ts'
import { generateSigningKey } from '../../adapters/key-material/generate-signing-key.ts'
import { parseKeyRing } from '../../adapters/key-material/parse-key-ring.ts'
import { sha256 } from '../../adapters/system/sha256.ts'
import type { KeySetState } from '../../ports/key-set.ts'
import type { PolicyInForce, PolicyRefusal } from '../../ports/policy-source.ts'
import { createEnvelopePress } from '../envelope/envelope-press.ts'
import { assessReadiness } from './assess-readiness.ts'
import { createDescribeManager } from './describe-manager.ts'

const nothing = () => () => undefined
const clock = createFakeClock()
const now = clock.now() / 1000

interface Situation {
  readonly policy?: PolicyInForce
  readonly refusal?: PolicyRefusal
  readonly pem?: string
  readonly keyProblem?: string
  readonly provider?: KeySetState
}

const policy: PolicyInForce = {
  document: {
    layers: [
      {
        id: 'everybody',
        name: 'Everybody',
        directives: { playground: { value: false, enforcement: 'enforced' } },
      },
      {
        id: 'developers',
        name: 'Developers',
        audience: { groups: ['dev'] },
        directives: { playground: { value: true, enforcement: 'enforced' } },
      },
    ],
  },
  serial: 7,
  publishedAt: 0,
  loadedAt: now - 60,
  warnings: [{ path: '/registry', code: 'private_ip', message: 'Look at this.', severity: 'warning' }],
}
const refusal: PolicyRefusal = {
  since: now - 10,
  problems: [
    { path: '/playground', code: 'enum', message: 'Write enforced.', severity: 'error' },
    { path: '/extra', code: 'unknown_key', message: 'Remove it.', severity: 'error' },
  ],
}
const { pem } = generateSigningKey()

function parts({ policy, refusal, pem, keyProblem, provider }: Situation) {
  const ring = pem === undefined ? undefined : parseKeyRing(pem, 'signing.pem')
  const signer = ring?.ok ? ring.value : undefined
  return {
    policy: {
      describes: '/etc/policy.json',
      current: () => policy,
      refusal: () => refusal,
      onChange: nothing,
      stop: nothing(),
    },
    keys: {
      signer: () => signer,
      published: () => signer?.published ?? [],
      problem: () => keyProblem,
      onChange: nothing,
      stop: nothing(),
    },
    provider,
  }
}

const describeSituation = (situation: Situation) => {
  const { policy, keys, provider } = parts(situation)
  const press = createEnvelopePress({
    manager: 'https://config.example.com',
    ttl: 86_400,
    refreshInterval: '5m0s',
    sha256,
    prints: createRecordingMetrics().counter('prints', 'Prints.'),
  })
  return createDescribeManager({
    version: '1.0.0',
    manager: 'https://config.example.com',
    bootstrapUrl: 'https://config.example.com/.well-known/toolhive-configuration',
    evaluation: false,
    fileGoverned: true,
    refreshInterval: '5m0s',
    policy,
    keys,
    press,
    clock,
    ...(provider === undefined
      ? {}
      : { identityProvider: { issuer: 'https://idp.example.com', state: () => provider } }),
  })()
}

const readinessOf = (situation: Situation) => {
  const { policy, keys, provider } = parts(situation)
  return assessReadiness({
    policy,
    keys,
    ...(provider === undefined ? {} : { identityProvider: () => provider }),
  })
}

const well = { policy, pem, provider: { loaded: true, keys: 2, fetchedAt: now - 30, age: 30 } }

test('a manager that is well is described whole', () => {
  const state = describeSituation(well)
  assert.equal(state.now, now)
  assert.deepEqual(
    [state.policy.source, state.policy.serial, state.policy.loadedAt, state.policy.problem],
    ['/etc/policy.json', 7, now - 60, undefined],
  )
  assert.deepEqual(state.policy.warnings, [{ path: '/registry', message: 'Look at this.' }])
  assert.equal(state.signingKey.kind, 'ready')
  assert.deepEqual(state.identityProvider, {
    issuer: 'https://idp.example.com',
    reachable: true,
    keys: 2,
    fetchedAt: now - 30,
  })
  assert.equal(state.envelope?.pollEvery, '5 minutes')
  assert.ok((state.envelope?.issuedAt ?? now + 1) <= now && (state.envelope?.notAfter ?? 0) > now)
  assert.ok((state.envelope?.bytes ?? 0) > 300)
})

test('what it says of the policy is what everybody gets, not what one audience gets', () => {
  const playground = describeSituation(well).policy.directives.find(({ key }) => key === 'playground')
  assert.equal(playground?.enforcement, 'enforced')
  const other = describeSituation({
    ...well,
    policy: { ...policy, document: { layers: policy.document.layers.slice(1) } },
  }).policy.directives.find(({ key }) => key === 'playground')
  assert.notEqual(other?.sentence, playground?.sentence)
})

test('a policy that was refused is shown with the one that is served', () => {
  const state = describeSituation({ ...well, refusal })
  assert.deepEqual(state.policy.problem, {
    since: now - 10,
    remarks: [
      { path: '/playground', message: 'Write enforced.' },
      { path: '/extra', message: 'Remove it.' },
    ],
  })
  assert.equal(state.policy.serial, 7)
})

test('without a key there is no envelope, and it says why', () => {
  const state = describeSituation({ policy, keyProblem: 'There is no signing key at signing.pem.' })
  assert.equal(state.envelope, undefined)
  assert.deepEqual(state.signingKey, {
    kind: 'missing',
    problem: 'There is no signing key at signing.pem.',
  })
  assert.equal(state.identityProvider, undefined)
})

for (const [title, situation, expected] of [
  ['all is well', well, { policy: 'ok', signing_key: 'ok', identity_provider: 'ok', database: 'ok' }],
  ['no policy', { ...well, policy: undefined }, { policy: 'failing' }],
  ['a refused policy beside a good one', { ...well, refusal }, { policy: 'warning' }],
  ['no key', { ...well, pem: undefined }, { signing_key: 'failing' }],
  ['a refused key beside a good one', { ...well, keyProblem: 'Bad.' }, { signing_key: 'warning' }],
  ['no provider', { ...well, provider: undefined }, { identity_provider: 'warning' }],
  [
    'a provider that never answered',
    { ...well, provider: { loaded: false, keys: 0 } },
    { identity_provider: 'warning' },
  ],
  [
    'a provider that is gone',
    { ...well, provider: { loaded: true, keys: 2, lastProblem: { reason: 'a', detail: 'b' } } },
    { identity_provider: 'warning' },
  ],
] as const) {
  test(`readiness with ${title}`, () => {
    const given = Object.fromEntries(Object.entries(situation).filter(([, value]) => value !== undefined))
    const parts = readinessOf(given)
    for (const [name, state] of Object.entries(expected)) assert.equal(parts[name]?.state, state, name)
  })
}
