import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { type Actor, localActor } from '../domain/actor.ts'
import { type Acceptance, accept } from '../domain/envelope/acceptance.ts'
import { verifyEnvelope } from '../domain/envelope/verify-envelope.ts'
import { JWKS_MAX_AGE } from '../domain/signing-keys/key-lifecycle.ts'
import type { PublicSigningJwk } from '../domain/signing-keys/public-signing-jwk.ts'
import { readJwks } from '../domain/signing-keys/read-jwks.ts'
import { createKeyVault } from './adapters/key-material/create-key-vault.ts'
import { verifySignature } from './adapters/key-material/node-envelope-signer.ts'
import { createMemoryDatabase, type MemoryDatabase } from './adapters/memory/create-memory-database.ts'
import { createSealing } from './adapters/sealing/create-sealing.ts'
import { sha256 } from './adapters/system/sha256.ts'
import { openKeyVault } from './open-key-vault.ts'
import type { KeyVault } from './ports/key-vault.ts'
import { eventually } from './testing/eventually.ts'
import { type GovernedManager, startGovernedManager } from './testing/start-governed-manager.ts'
import { keyEvent } from './usecases/signing-keys/key-event.ts'
import { replaceStolenKey } from './usecases/signing-keys/replace-stolen-key.ts'
import { retireKey } from './usecases/signing-keys/retire-key.ts'
import { rotateKeys } from './usecases/signing-keys/rotate-keys.ts'

const owner: Actor = localActor('tester')
const DAY = 86_400

describe('the signing keys of a database', () => {
  let database: MemoryDatabase
  let manager: GovernedManager
  let vault: KeyVault
  beforeEach(async () => {
    database = createMemoryDatabase()
    manager = await startGovernedManager({ database })
    const opened = openKeyVault({ dataDir: manager.folder } as Parameters<typeof openKeyVault>[0], true)
    assert.ok(opened.ok)
    vault = opened.value
  })
  afterEach(() => manager.close())

  const rotate = (actor = owner) =>
    rotateKeys({ keys: database.keys, clock: manager.clock }, actor, {
      key: vault.generate(),
      origin: 'created',
      longestTtl: DAY,
    })
  const publishedKids = async (): Promise<readonly string[]> => (await jwksOf(manager)).map(({ kid }) => kid)
  const published = (count: number) =>
    eventually(`${count} keys are published`, async () => (await publishedKids()).length === count)

  it('lets a client that checks everything verify each envelope on the way through a rotation', async () => {
    const client = createClient(manager)
    await client.poll()
    const rotated = await rotate()
    assert.ok(rotated.ok)
    await published(2)

    const kids = new Set<string>()
    for (let minute = 0; minute < 26 * 60; minute += 4) {
      kids.add(await client.poll())
      manager.clock.advance(240)
    }

    assert.deepEqual([...kids], [rotated.value.previousKid, rotated.value.kid])
    assert.equal(client.surprises(), 0)
    assert.deepEqual(await publishedKids(), [rotated.value.kid])
  })

  it('gives the next key to clients before it signs anything', async () => {
    const rotated = await rotate()
    assert.ok(rotated.ok)
    await published(2)

    assert.equal(await signerOf(manager), rotated.value.previousKid)
  })

  it('lets one of two rotations at once win', async () => {
    const outcomes = await Promise.all([rotate(), rotate()])

    assert.equal(outcomes.filter(({ ok }) => ok).length, 1)
    const [lost] = outcomes.filter((outcome) => !outcome.ok)
    assert.equal(lost?.ok === false && lost.problem.code, 'rotation_under_way')
  })

  it('refuses a rotation to whoever is no owner, and writes nothing', async () => {
    const before = await database.audit.head()
    const refused = await rotate({ ...owner, roles: ['editor', 'approver', 'auditor', 'viewer'] })

    assert.deepEqual(refused, { ok: false, problem: { code: 'forbidden' } })
    assert.deepEqual(await database.audit.head(), before)
  })

  it('goes on with the present key when the next one is withdrawn', async () => {
    const rotated = await rotate()
    assert.ok(rotated.ok)
    await published(2)
    await retireKey({ keys: database.keys, clock: manager.clock }, owner, rotated.value.kid)
    await published(1)
    manager.clock.advance(2 * DAY)

    assert.equal(await signerOf(manager), rotated.value.previousKid)
  })

  it('makes every client fetch anew when a key was stolen', async () => {
    const client = createClient(manager)
    const stolenKid = await client.poll()
    const held = await manager.config()

    const replaced = await replaceStolenKey(
      { keys: database.keys, revisions: database.revisions, clock: manager.clock, sha256 },
      owner,
      vault.generate(),
    )
    assert.ok(replaced.ok)
    const { kid } = replaced.value
    await eventually('the new key signs', async () => (await signerOf(manager)) === kid)
    await eventually('the new serial is served', async () => (await manager.config()).json().serial === 2)

    const again = await manager.config({ 'If-None-Match': held.headers.etag ?? '' })
    assert.equal(again.status, 200)
    assert.deepEqual(await publishedKids(), [kid])
    assert.notEqual(await client.poll(), stolenKid)
  })

  it('does not publish a key that somebody wrote into the database', async () => {
    const ring = await database.keys.read()
    assert.ok(ring !== 'unavailable')
    const foreign = createKeyVault(createSealing(randomBytes(32))).generate()
    const [event] = ring.keys.map(({ publicJwk }) =>
      keyEvent({
        kind: 'key.retired',
        at: 0,
        actor: owner,
        words: 'Wrote a key.',
        data: { kid: publicJwk.kid },
      }),
    )
    assert.ok(event !== undefined)
    await database.keys.replace(
      [
        ...ring.keys,
        { ...foreign, createdAt: 0, signsFrom: 0, signsUntil: 1, publishedUntil: 9_999_999_999 },
      ],
      ring.version,
      event,
    )
    await eventually('it is noticed', () => manager.log.of('signing_key_locked').length > 0)

    assert.deepEqual(
      await publishedKids(),
      ring.keys.map(({ publicJwk }) => publicJwk.kid),
    )
  })

  it('never shows a private half, sealed or open', async () => {
    const ring = await database.keys.read()
    assert.ok(ring !== 'unavailable')
    const answers = await Promise.all(
      ['/.well-known/jwks.json', '/readyz'].map((path) => manager.request(path)),
    )
    const events = JSON.stringify(await database.audit.read({ after: 0, limit: 100 }))
    const shown = [...answers.map(({ text }) => text), ...manager.log.writes, events].join('\n')

    for (const { sealedPrivate } of ring.keys) assert.ok(!shown.includes(sealedPrivate))
    assert.doesNotMatch(shown, /"d"|PRIVATE|hw1\./)
  })
})

async function jwksOf(manager: GovernedManager): Promise<readonly PublicSigningJwk[]> {
  const read = readJwks((await manager.request('/.well-known/jwks.json')).json())
  assert.ok(read.ok)
  return read.value
}

const signerOf = async (manager: GovernedManager): Promise<string> => {
  const { signature } = (await manager.config()).json()
  return JSON.parse(Buffer.from(String(signature).split('.')[0] ?? '', 'base64url').toString()).kid
}

/** A client that goes on with its JWKS for as long as it may, and takes no envelope that fails a single check. */
function createClient(manager: GovernedManager) {
  let keys: readonly PublicSigningJwk[] = []
  let fetchedAt = Number.NEGATIVE_INFINITY
  let accepted: Acceptance | undefined
  let surprises = 0
  return {
    /** How often it met a key that its JWKS did not have. */
    surprises: () => surprises,
    /** The key of the envelope that it took. */
    async poll(): Promise<string> {
      const now = Math.floor(manager.clock.now() / 1000)
      if (now - fetchedAt >= JWKS_MAX_AGE) {
        keys = await jwksOf(manager)
        fetchedAt = now
      }
      const { text } = await manager.config()
      const context = { keys, manager: 'https://config.example.com', now, verifySignature }
      const known = accepted === undefined ? {} : { accepted }
      let verified = await verifyEnvelope(text, { ...context, ...known })
      if (!verified.ok && verified.problem.step === 'key') {
        surprises += 1
        keys = await jwksOf(manager)
        verified = await verifyEnvelope(text, { ...context, ...known, keys })
      }
      assert.ok(verified.ok, JSON.stringify(verified))
      accepted = accept(accepted, verified.value, now)
      return verified.value.kid
    },
  }
}
