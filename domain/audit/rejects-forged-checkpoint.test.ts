import assert from 'node:assert/strict'
import { generateKeyPairSync, hash, sign, verify } from 'node:crypto'
import { test } from 'node:test'
import { testJwk } from '../signing-keys/key.fixture.ts'
import { createLogs, happened } from './audit.fixture.ts'
import { chain } from './chain.ts'
import { type AuditCheckpoint, type CheckpointTrust, signCheckpoint } from './checkpoint.ts'
import { draftEvent } from './draft-event.ts'
import type { AuditEvent } from './event.ts'
import { verifyChain } from './verify-chain.ts'

const sha256 = (text: string): string => hash('sha256', text, 'hex')
const { log } = createLogs(sha256)

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const signer = {
  kid: 'k1',
  sign: (input: string): string =>
    sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url'),
}
const trust: CheckpointTrust = {
  keys: [testJwk('k1')],
  verifySignature: (_key, input, signature) =>
    verify('sha256', Buffer.from(input), { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature),
}

const whole = log(6)
const cut = whole[2]
assert.ok(cut)
const genuine = signCheckpoint(cut, 5000, signer)

/** The log from event 4 on, ending with an event that holds the checkpoint. */
function pruned(checkpoint: AuditCheckpoint, from = 4): readonly AuditEvent[] {
  const event = draftEvent({
    kind: 'audit.pruned',
    at: 5_000_000,
    actor: { kind: 'system', id: 'manager', name: 'The manager' },
    subject: { kind: 'audit', id: 'log' },
    words: 'Removed 3 events.',
    data: { checkpoint, events: 3 },
  })
  return [...whole.slice(from - 1), chain(event, whole.at(-1), sha256)]
}

test('believes a log that begins behind a signed checkpoint', async () => {
  const report = await verifyChain(pruned(genuine), sha256, { trust })
  assert.deepEqual(report.findings, [])
  assert.equal(report.first?.sequence, 4)
})

test('believes it too when events follow', async () => {
  const events = [...pruned(genuine)]
  events.push(chain(happened('Later.'), events.at(-1), sha256))
  assert.equal((await verifyChain(events, sha256, { trust })).intact, true)
})

const forgeries: Readonly<Record<string, Partial<AuditCheckpoint>>> = {
  'with another time': { at: 5001 },
  'whose signature is no text': { signature: 7 as unknown as string },
  'by an unknown key': { kid: 'k2' },
  'without a signature': { signature: '' },
  'with a signature that is no base64url': { signature: '***' },
  'with the signature of something else': { signature: signer.sign('something else') },
}
for (const [title, forged] of Object.entries(forgeries)) {
  test(`does not believe a checkpoint ${title}`, async () => {
    const report = await verifyChain(pruned({ ...genuine, ...forged }), sha256, { trust })
    assert.deepEqual(report.findings, [{ code: 'forged_checkpoint', sequence: 3 }])
  })
}

test('does not believe any checkpoint where no key is trusted', async () => {
  const report = await verifyChain(pruned(genuine), sha256)
  assert.deepEqual(report.findings, [{ code: 'forged_checkpoint', sequence: 3 }])
})

test('a checkpoint does not cover events that were removed after it', async () => {
  const report = await verifyChain(pruned(genuine, 5), sha256, { trust })
  assert.deepEqual(report.findings, [{ code: 'missing', from: 1, to: 4 }])
})

test('a checkpoint of another log does not cover this one', async () => {
  const other = signCheckpoint({ sequence: 3, hash: 'a'.repeat(64) }, 5000, signer)
  const report = await verifyChain(pruned(other), sha256, { trust })
  assert.deepEqual(report.findings, [{ code: 'missing', from: 1, to: 3 }])
})

test('the signature of an envelope is no signature of a checkpoint', async () => {
  const header = Buffer.from('{"alg":"ES256","kid":"k1","typ":"toolhive-config+jws"}').toString('base64url')
  const payload = Buffer.from(`{"at":5000,"hash":"${cut.hash}","sequence":3}`).toString('base64url')
  const report = await verifyChain(
    pruned({ ...genuine, signature: signer.sign(`${header}.${payload}`) }),
    sha256,
    { trust },
  )
  assert.deepEqual(report.findings, [{ code: 'forged_checkpoint', sequence: 3 }])
})
