import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contextOf, createTestKey, MANAGER, sampleMembers, sealJson } from './envelope.fixture.ts'
import { verifyEnvelope } from './verify-envelope.ts'

const key = await createTestKey()
const cases: Record<string, unknown> = {
  'another host': 'https://config.example.org',
  'a slash at the end': `${MANAGER}/`,
  'another scheme': 'http://config.example.com',
  'upper case': 'https://CONFIG.example.com',
  'a port': `${MANAGER}:443`,
  'a list with the right one': [MANAGER],
  'an object that no text can be made of': { toString: 1 },
  nothing: null,
}

for (const [name, manager] of Object.entries(cases)) {
  test(`rejects an envelope of ${name} although the key is trusted`, async () => {
    const result = await verifyEnvelope(await sealJson(key, { ...sampleMembers, manager }), contextOf(key))
    assert.deepEqual(result, {
      ok: false,
      problem: {
        step: 'manager',
        reason: 'another_manager',
        found: typeof manager === 'string' ? manager : JSON.stringify(manager),
      },
    })
  })
}

for (const schema_version of ['2', '1.0', '', 1, null]) {
  test(`rejects an envelope of the schema version ${JSON.stringify(schema_version)}`, async () => {
    const text = await sealJson(key, { ...sampleMembers, schema_version })
    assert.deepEqual(await verifyEnvelope(text, contextOf(key)), {
      ok: false,
      problem: { step: 'schema_version', reason: 'unknown_schema' },
    })
  })
}
