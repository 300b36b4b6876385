import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Identity } from '../../../domain/identity/identity.ts'
import type { Layer } from '../../../domain/policy/layer.ts'
import { createFakeClock, createRecordingMetrics } from '../../adapters/identity-provider/testing/observed.ts'
import { generateSigningKey } from '../../adapters/key-material/generate-signing-key.ts'
import { parseKeyRing } from '../../adapters/key-material/parse-key-ring.ts'
import { sha256 } from '../../adapters/system/sha256.ts'
import type { PolicyInForce } from '../../ports/policy-source.ts'
import { createEnvelopePress } from './envelope-press.ts'
import { createServeEnvelope } from './serve-envelope.ts'

const HALF_A_DAY = 43_200
const shown = { playground: { value: true, enforcement: 'enforced' } } as const
const hidden = { playground: { value: false, enforcement: 'enforced' } } as const
const everybody: Layer = { id: 'everybody', name: 'Everybody', directives: hidden }
const developers: Layer = {
  id: 'developers',
  name: 'Developers',
  audience: { groups: ['dev'] },
  directives: shown,
}
const cli = { clientType: 'toolhive-cli', clientVersion: '1.2.3' } as const
const desktop = { clientType: 'toolhive-desktop', clientVersion: '2.0.0' } as const

const person = (subject: string, groups: readonly string[]): Identity => ({
  issuer: 'https://idp.example.com',
  subject,
  groups,
  groupsKnown: true,
  roles: [],
  scopes: [],
})
const developer = person('ada', ['dev'])
const visitor = person('bob', [])

const newSigner = () => {
  const ring = parseKeyRing(generateSigningKey().pem, 'signing.pem')
  assert.ok(ring.ok)
  return ring.value
}

const policyOf = (...layers: readonly Layer[]): PolicyInForce => ({
  document: { layers },
  publishedAt: 0,
  loadedAt: 0,
  warnings: [],
})

/** A policy without audiences at first; `now` holds what is to change. */
function setUp() {
  const clock = createFakeClock()
  const now = { policy: policyOf(everybody), signer: newSigner() }
  const press = createEnvelopePress({
    manager: 'https://config.example.com',
    ttl: 2 * HALF_A_DAY,
    refreshInterval: '5m0s',
    sha256,
    prints: createRecordingMetrics().counter('prints', 'Prints.', ['outcome']),
  })
  const serve = createServeEnvelope({
    policy: { current: () => now.policy },
    keys: { signer: () => now.signer },
    press,
    clock,
  })
  const envelopeOf = (identity: Identity, caller: Parameters<typeof serve>[1] = cli) => {
    const served = serve(identity, caller)
    assert.ok(served.ok)
    return served.value
  }
  return { clock, now, envelopeOf }
}

const playgroundOf = (envelope: { readonly json: string }): unknown =>
  JSON.parse(envelope.json).config.playground.value

test('while no layer has an audience, everybody on every client gets the same envelope', () => {
  const { envelopeOf } = setUp()
  const envelope = envelopeOf(developer)
  assert.equal(envelopeOf(visitor), envelope)
  assert.equal(envelopeOf(visitor, desktop), envelope)
})

test('what everybody got is not handed out once a layer asks who it is for', () => {
  const { now, envelopeOf } = setUp()
  envelopeOf(developer)
  now.policy = policyOf(everybody, developers)
  assert.equal(playgroundOf(envelopeOf(visitor)), false)
  assert.equal(playgroundOf(envelopeOf(developer)), true)
  assert.equal(playgroundOf(envelopeOf(visitor)), false)
})

test('what one person got is not handed out once nobody is asked any more', () => {
  const { now, envelopeOf } = setUp()
  now.policy = policyOf(everybody, developers)
  assert.equal(playgroundOf(envelopeOf(developer)), true)
  now.policy = policyOf(everybody)
  assert.equal(playgroundOf(envelopeOf(developer)), false)
})

test('a new key signs the common envelope at once', () => {
  const { now, envelopeOf } = setUp()
  const before = envelopeOf(visitor)
  now.signer = newSigner()
  assert.notEqual(envelopeOf(visitor).kid, before.kid)
})

test('the common envelope is another as soon as its window is', () => {
  const { clock, envelopeOf } = setUp()
  const before = envelopeOf(visitor)
  clock.advance(before.renewsAt - clock.now() / 1000 - 1)
  assert.equal(envelopeOf(visitor), before)
  clock.advance(1)
  assert.equal(envelopeOf(visitor).issuedAt, before.renewsAt)
})

test('a clock that is set back gets the envelope of its own time', () => {
  const { clock, envelopeOf } = setUp()
  const before = envelopeOf(visitor)
  clock.advance(-HALF_A_DAY)
  assert.equal(envelopeOf(visitor).issuedAt, before.issuedAt - HALF_A_DAY)
})
