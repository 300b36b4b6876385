import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { chmodSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs'
import { type TestContext, test } from 'node:test'
import { generateSigningKey } from './adapters/key-material/generate-signing-key.ts'
import { verifySignature } from './adapters/key-material/node-envelope-signer.ts'
import { eventually } from './testing/eventually.ts'
import { startTestManager, type TestManager } from './testing/start-test-manager.ts'

const DAY = 86_400

async function setUp(t: TestContext, key?: string): Promise<TestManager> {
  const manager = await startTestManager(key === undefined ? {} : { key })
  t.after(() => manager.close())
  return manager
}

/** What signed the envelope that a client gets now, by its header. */
const kidInUse = async (manager: TestManager): Promise<string> => {
  const [header = ''] = (await manager.config({ Accept: 'application/jose' })).text.split('.')
  return JSON.parse(Buffer.from(header, 'base64url').toString()).kid
}

const listed = async (manager: TestManager): Promise<readonly string[]> => {
  const { keys } = (await manager.request('/.well-known/jwks.json')).json() as { keys: { kid: string }[] }
  return keys.map(({ kid }) => kid)
}

const swap = async (manager: TestManager, pem: string): Promise<void> => {
  const before = manager.log.of('signing_key_loaded').length
  writeFileSync(`${manager.keyFile}.new`, pem, { mode: 0o600 })
  renameSync(`${manager.keyFile}.new`, manager.keyFile)
  await eventually('the key is loaded', () => manager.log.of('signing_key_loaded').length > before)
}

test('a new key signs at once, and the old one stays published until all that it signed has expired', async (t) => {
  const [old, next] = [generateSigningKey(), generateSigningKey()]
  const manager = await setUp(t, old.pem)
  const tag = (await manager.request('/.well-known/jwks.json')).headers.etag
  assert.equal(await kidInUse(manager), old.publicJwk.kid)

  await swap(manager, next.pem)
  assert.equal(await kidInUse(manager), next.publicJwk.kid)
  assert.deepEqual(await listed(manager), [next.publicJwk.kid, old.publicJwk.kid])
  assert.notEqual((await manager.request('/.well-known/jwks.json')).headers.etag, tag)

  manager.clock.advance(DAY - 1)
  assert.deepEqual(await listed(manager), [next.publicJwk.kid, old.publicJwk.kid])
  manager.clock.advance(1)
  assert.deepEqual(await listed(manager), [next.publicJwk.kid])
})

test('the envelope of the old key verifies with what is published after the swap', async (t) => {
  const manager = await setUp(t)
  const [header = '', payload = '', signature = ''] = (
    await manager.config({ Accept: 'application/jose' })
  ).text.split('.')
  await swap(manager, generateSigningKey().pem)
  const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString())
  const { keys } = (await manager.request('/.well-known/jwks.json')).json() as {
    keys: Parameters<typeof verifySignature>[0][]
  }
  const key = keys.find((each) => each.kid === kid)
  assert.ok(key !== undefined)
  assert.ok(verifySignature(key, `${header}.${payload}`, Buffer.from(signature, 'base64url')))
})

test('a key that is swapped in, out and in again is listed once', async (t) => {
  const [one, other] = [generateSigningKey(), generateSigningKey()]
  const manager = await setUp(t, one.pem)
  await swap(manager, other.pem)
  await swap(manager, one.pem)
  assert.deepEqual(await listed(manager), [one.publicJwk.kid, other.publicJwk.kid])
})

test('a next key in the file is published before it signs, and signs when it is first', async (t) => {
  const [active, next] = [generateSigningKey(), generateSigningKey()]
  const manager = await setUp(t, active.pem + next.pem)
  assert.deepEqual(await listed(manager), [active.publicJwk.kid, next.publicJwk.kid])
  assert.equal(await kidInUse(manager), active.publicJwk.kid)
  await swap(manager, next.pem + active.pem)
  assert.equal(await kidInUse(manager), next.publicJwk.kid)
  assert.deepEqual(await listed(manager), [next.publicJwk.kid, active.publicJwk.kid])
})

const wrongCurve = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'P-384' })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString()

for (const [title, spoil] of [
  ['is garbage', (path: string) => writeFileSync(path, 'garbage')],
  ['is empty', (path: string) => writeFileSync(path, '')],
  ['is of another curve', (path: string) => writeFileSync(path, wrongCurve())],
  ['is open to other accounts', (path: string) => chmodSync(path, 0o644)],
  ['is gone', (path: string) => unlinkSync(path)],
  ['is cut in the middle', (path: string) => writeFileSync(path, readFileSync(path, 'utf8').slice(0, 120))],
] as const) {
  test(`a key file that ${title} while it is in use changes nothing but the alarm`, async (t) => {
    const { pem, publicJwk } = generateSigningKey()
    const manager = await setUp(t, pem)
    spoil(manager.keyFile)
    await eventually(
      'the key is refused',
      async () => (await manager.metric('hivewarden_signing_key_refused')) === 1,
    )
    assert.equal(await kidInUse(manager), publicJwk.kid)
    const ready = await manager.request('/readyz')
    assert.equal(ready.status, 200)
    assert.match(
      String(ready.json().signing_key),
      /^warning: the newest key is refused and the last good one signs\./,
    )
    const [line] = manager.log.of('signing_key_refused')
    assert.equal(line?.level, 'error')
    assert.ok(!manager.log.writes.join('').includes('PRIVATE'))

    writeFileSync(manager.keyFile, pem)
    chmodSync(manager.keyFile, 0o600)
    await eventually(
      'the alarm is over',
      async () => (await manager.metric('hivewarden_signing_key_refused')) === 0,
    )
    assert.equal((await manager.request('/readyz')).json().signing_key, 'ok')
  })
}
