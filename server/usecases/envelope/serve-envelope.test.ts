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

const hidden = { playground: { value: false, enforcement: 'enforced' } } as const
const shown = { playground: { value: true, enforcement: 'enforced' } } as const
const layers: readonly Layer[] = [
  { id: 'everybody', name: 'Everybody', directives: hidden },
  { id: 'developers', name: 'Developers', audience: { groups: ['dev'] }, directives: shown },
]
const cli = { clientType: 'toolhive-cli', clientVersion: '1.2.3' } as const

const person = (groups: readonly string[]): Identity => ({
  issuer: 'https://idp.example.com',
  subject: 'person-1',
  groups,
  groupsKnown: true,
  roles: [],
  scopes: [],
})

const newSigner = () => {
  const ring = parseKeyRing(generateSigningKey().pem, 'signing.pem')
  assert.ok(ring.ok)
  return ring.value
}

function setUp() {
  const clock = createFakeClock()
  const metrics = createRecordingMetrics()
  const policyOf = (serial: number, publishedAt = 0): PolicyInForce => ({
    document: { layers },
    serial,
    publishedAt,
    loadedAt: 0,
    warnings: [],
  })
  let inForce: PolicyInForce | undefined = policyOf(1)
  let signer: ReturnType<typeof newSigner> | undefined = newSigner()
  const press = createEnvelopePress({
    manager: 'https://config.example.com',
    ttl: 86_400,
    refreshInterval: '5m0s',
    sha256,
    prints: metrics.counter('prints', 'Prints.', ['outcome']),
  })
  const serve = createServeEnvelope({
    policy: { current: () => inForce },
    keys: { signer: () => signer },
    press,
    clock,
  })
  const served = (identity: Identity, caller: Parameters<typeof serve>[1] = cli) => {
    const result = serve(identity, caller)
    assert.ok(result.ok)
    return result.value
  }
  return {
    clock,
    served,
    serve,
    policyOf,
    put: (policy: PolicyInForce | undefined) => {
      inForce = policy
    },
    sign: (next: ReturnType<typeof newSigner> | undefined) => {
      signer = next
    },
    signed: () => metrics.values.get('prints{signed}') ?? 0,
  }
}

const configOf = ({ json }: { readonly json: string }): unknown => JSON.parse(json).config

test('everybody of one audience gets the same bytes, signed once', () => {
  const { served, signed } = setUp()
  const first = served(person([]))
  assert.equal(served(person(['sales'])), first)
  assert.deepEqual(configOf(first), hidden)
  assert.equal(signed(), 1)
})

test('another audience gets its own envelope under its own tag', () => {
  const { served, signed } = setUp()
  const developers = served(person(['dev']))
  assert.deepEqual(configOf(developers), shown)
  assert.notEqual(developers.etag, served(person([])).etag)
  assert.equal(signed(), 2)
})

test('what a caller got last is not handed to it on another client', () => {
  const { served } = setUp()
  const identity = person([])
  const first = served(identity)
  assert.equal(served(identity, { ...cli, clientVersion: '2.0.0' }), first)
  assert.equal(served(identity, cli), first)
})

test('a new policy is served at once, to callers that are remembered too', () => {
  const { served, put, policyOf } = setUp()
  const identity = person([])
  assert.equal(served(identity).serial, 1)
  put(policyOf(2))
  assert.equal(served(identity).serial, 2)
})

test('a new key signs at once, and the tag stays, since it does not speak of the signature', () => {
  const { served, sign } = setUp()
  const identity = person([])
  const first = served(identity)
  sign(newSigner())
  const second = served(identity)
  assert.notEqual(second.kid, first.kid)
  assert.equal(second.etag, first.etag)
  assert.notEqual(second.json, first.json)
})

test('a new window is served at its first second, to callers that are remembered too', () => {
  const { served, clock } = setUp()
  const identity = person([])
  const first = served(identity)
  clock.advance(first.renewsAt - clock.now() / 1000 - 1)
  assert.equal(served(identity), first)
  clock.advance(1)
  assert.equal(served(identity).issuedAt, first.renewsAt)
})

test('a revision that was published a moment ahead of this clock is served, and stays the same', () => {
  const { served, put, policyOf, clock } = setUp()
  const ahead = clock.now() / 1000 + 30
  put(policyOf(2, ahead))
  const first = served(person([]))
  assert.equal(first.issuedAt, ahead)
  clock.advance(60)
  assert.equal(served(person([])), first)
})

test('without a policy or without a key it says which is missing', () => {
  const { serve, put, sign, policyOf } = setUp()
  put(undefined)
  assert.deepEqual(serve(person([]), cli), { ok: false, problem: 'no_policy' })
  put(policyOf(1))
  sign(undefined)
  assert.deepEqual(serve(person([]), cli), { ok: false, problem: 'no_signing_key' })
})

test('more audiences than are kept are served all the same', () => {
  const { served, put, policyOf, signed } = setUp()
  const many: readonly Layer[] = Array.from({ length: 1100 }, (_, index) => ({
    id: `layer-${index}`,
    name: `Layer ${index}`,
    audience: { groups: [`group-${index}`] },
    directives: index % 2 === 0 ? hidden : shown,
  }))
  put({ ...policyOf(2), document: { layers: many } })
  for (let index = 0; index < 1100; index += 1) {
    assert.deepEqual(configOf(served(person([`group-${index}`]))), index % 2 === 0 ? hidden : shown)
  }
  assert.equal(signed(), 1100)
  served(person(['group-1099']))
  assert.equal(signed(), 1100)
  served(person(['group-0']))
  assert.equal(signed(), 1101)
})
