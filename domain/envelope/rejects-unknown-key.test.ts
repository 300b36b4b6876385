import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contextOf, createTestKey, sampleMembers, sealBoth, sealJson } from './envelope.fixture.ts'
import { verifyEnvelope } from './verify-envelope.ts'

const key = await createTestKey()
const stranger = await createTestKey()

for (const form of ['JSON form', 'JOSE form'] as const) {
  test(`rejects an envelope by a key that the manager does not publish, and names the key (${form})`, async () => {
    const text = (await sealBoth(stranger, sampleMembers))[form]
    assert.deepEqual(await verifyEnvelope(text, contextOf(key)), {
      ok: false,
      problem: { step: 'key', reason: 'unknown_key', kid: stranger.jwk.kid },
    })
  })

  test(`rejects an envelope by another key under the name of a published one (${form})`, async () => {
    const impostor = { ...stranger, jwk: { ...stranger.jwk, kid: key.jwk.kid } }
    const text = (await sealBoth(impostor, sampleMembers))[form]
    assert.deepEqual(await verifyEnvelope(text, contextOf(key)), {
      ok: false,
      problem: { step: 'signature', reason: 'signature_wrong' },
    })
  })
}

test('rejects everything while the manager publishes no key', async () => {
  const result = await verifyEnvelope(await sealJson(key, sampleMembers), contextOf(key, { keys: [] }))
  assert.ok(!result.ok && result.problem.reason === 'unknown_key')
})

test('accepts an envelope by any published key, as during a rotation', async () => {
  const context = contextOf(key, { keys: [stranger.jwk, key.jwk] })
  assert.ok((await verifyEnvelope(await sealJson(key, sampleMembers), context)).ok)
  assert.ok((await verifyEnvelope(await sealJson(stranger, sampleMembers), context)).ok)
})
