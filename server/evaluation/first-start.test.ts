import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { generateSigningKey } from '../adapters/key-material/generate-signing-key.ts'
import { createMemoryDatabase } from '../adapters/memory/create-memory-database.ts'
import { startGovernedManager } from '../testing/start-governed-manager.ts'
import samplePolicy from './sample-policy.json' with { type: 'json' }

const former = { playground: { value: false, enforcement: 'enforced' } }

describe('the first start of an evaluation installation', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'evaluation-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const start = (database = createMemoryDatabase()) =>
    startGovernedManager({ database, folder, evaluation: true })

  it('brings a sample policy', async () => {
    const manager = await start()
    try {
      const { serial, config } = (await manager.config()).json()
      assert.deepEqual({ serial, config }, { serial: 1, config: samplePolicy })
    } finally {
      await manager.close()
    }
  })

  it('takes over the policy of the version before the database, and leaves the file alone', async () => {
    const file = join(folder, 'evaluation-policy.json')
    writeFileSync(file, JSON.stringify(former))
    const manager = await start()
    try {
      assert.deepEqual((await manager.config()).json().config, former)
      assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), former)
    } finally {
      await manager.close()
    }
  })

  it('takes over the signing key of the version before the database, so that clients go on', async () => {
    const { pem, publicJwk } = generateSigningKey()
    writeFileSync(join(folder, 'evaluation-signing.pem'), pem, { mode: 0o600 })
    const database = createMemoryDatabase()
    const manager = await start(database)
    try {
      const events = await database.audit.list({ limit: 1, kind: 'key.imported' })
      const { keys } = (await manager.request('/.well-known/jwks.json')).json()
      assert.deepEqual(keys, [publicJwk])
      assert.equal(events.length, 1)
    } finally {
      await manager.close()
    }
  })

  it('refuses a former policy that is wrong instead of putting a sample in its place', async () => {
    writeFileSync(join(folder, 'evaluation-policy.json'), '{"playground": 1}')

    await assert.rejects(start(), /evaluation-policy\.json cannot be taken over.*\/playground/)
  })

  it('refuses a former key that other accounts can read', async () => {
    writeFileSync(join(folder, 'evaluation-signing.pem'), generateSigningKey().pem, { mode: 0o644 })

    await assert.rejects(start(), /evaluation-signing\.pem cannot be taken over/)
  })

  it('looks at those files once: later starts do not need them to be right', async () => {
    const database = createMemoryDatabase()
    const first = await start(database)
    writeFileSync(join(folder, 'evaluation-policy.json'), 'broken')
    const second = await startGovernedManager({
      database,
      folder,
      evaluation: true,
      clock: first.clock,
      provider: first.provider,
    })
    try {
      assert.equal((await second.config()).json().serial, 1)
    } finally {
      await second.close()
      await first.close()
    }
  })
})
