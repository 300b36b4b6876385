import assert from 'node:assert/strict'
import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { recordingLogger, signIn, startProvider } from './evaluation-provider.fixture.ts'
import { loadProviderKeys } from './load-provider-keys.ts'

let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'hivewarden-idp-'))
})
afterEach(() => rm(dataDir, { recursive: true }))

const file = (): string => join(dataDir, 'evaluation-idp.json')

describe('the keys of the evaluation provider', () => {
  test('are made once and found again after a restart', async () => {
    const logger = recordingLogger()
    const first = await loadProviderKeys(dataDir, logger)
    const second = await loadProviderKeys(dataDir, logger)
    assert.deepEqual(second, first)
    assert.deepEqual(logger.events, [])
  })

  test('lie in a file that nobody else may read, and leave no draft behind', async () => {
    await loadProviderKeys(dataDir, recordingLogger())
    assert.equal((await stat(file())).mode & 0o777, 0o600)
    assert.deepEqual(await readdir(dataDir), ['evaluation-idp.json'])
  })

  test('get their mode back when somebody has opened the file to others', async () => {
    const first = await loadProviderKeys(dataDir, recordingLogger())
    await chmod(file(), 0o644)
    assert.deepEqual(await loadProviderKeys(dataDir, recordingLogger()), first)
    assert.equal((await stat(file())).mode & 0o777, 0o600)
  })

  test('make the data directory when it is not there yet', async () => {
    const nested = join(dataDir, 'not', 'yet')
    await loadProviderKeys(nested, recordingLogger())
    assert.deepEqual(await readdir(nested), ['evaluation-idp.json'])
  })

  const small = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ format: 'jwk' })
  const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })
  const cookieKey = 'c'.repeat(43)
  const damaged: Record<string, string> = {
    'an empty file': '',
    'half a file': '{"version":1,"signingKey":{"kty":"RSA","n":"abc',
    'another document': '[]',
    null: 'null',
    'another version': JSON.stringify({ version: 2, signingKey: small, cookieKey }),
    'a key that is too short': JSON.stringify({ version: 1, signingKey: small, cookieKey }),
    'a key of another kind': JSON.stringify({ version: 1, signingKey: elliptic, cookieKey }),
    'no key for cookies': JSON.stringify({ version: 1, signingKey: small }),
  }
  for (const [title, content] of Object.entries(damaged)) {
    test(`are made anew, with a warning, over ${title}`, async () => {
      await writeFile(file(), content, { mode: 0o600 })
      const logger = recordingLogger()
      const keys = await loadProviderKeys(dataDir, logger)
      assert.deepEqual(
        logger.events.map(({ level, event }) => ({ level, event })),
        [{ level: 'warn', event: 'evaluation_keys_replaced' }],
      )
      assert.deepEqual(await loadProviderKeys(dataDir, recordingLogger()), keys)
    })
  }

  test('serve from memory, with a warning, where they cannot be kept', async () => {
    await mkdir(file())
    const logger = recordingLogger()
    const keys = await loadProviderKeys(dataDir, logger)
    assert.equal(keys.signingKey.kty, 'RSA')
    assert.deepEqual(
      logger.events.map(({ event }) => event),
      ['evaluation_keys_replaced', 'evaluation_keys_not_kept'],
    )
    assert.deepEqual(await readdir(dataDir), ['evaluation-idp.json'])
  })

  test('never show in the log', async () => {
    const logger = recordingLogger()
    const keys = await loadProviderKeys(dataDir, logger)
    await writeFile(file(), (await readFile(file(), 'utf8')).slice(0, -20))
    await loadProviderKeys(dataDir, logger)
    const text = JSON.stringify(logger.events)
    assert.ok(!text.includes(String(keys.signingKey.d).slice(0, 16)))
    assert.ok(!text.includes(keys.cookieKey))
  })

  test('let a token outlive a restart', async () => {
    const before = await startProvider({ dataDir })
    const { access_token: token } = await signIn(before, 'amara')
    await before.stop()
    const again = await startProvider({ dataDir })
    await again.stop()
    const [header = '', payload = '', signature = ''] = token.split('.')
    const key = createPublicKey({ key: again.provider.publicJwks().keys[0] ?? {}, format: 'jwk' })
    assert.ok(verify('sha256', Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url')))
  })
})
