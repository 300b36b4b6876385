import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import type { EnterpriseConfig } from '../policy/policy-document.ts'
import { buildEnvelope, type EnvelopeInput } from './build-envelope.ts'
import { canonicalJson } from './canonical-json.ts'
import { joseForm, jsonForm, protectedHeader, signingInput } from './signed-forms.ts'

interface Vectors {
  readonly key: { readonly jwk: { readonly kid: string } }
  readonly cases: readonly {
    readonly name: string
    readonly input: {
      readonly manager: string
      readonly refresh: string
      readonly ttl: number
      readonly config: EnterpriseConfig
      readonly serial?: number
      readonly publishedAt?: number
      readonly now: number
    }
    readonly expect: {
      readonly issued_at: string
      readonly not_after: string
      readonly etag: string
      readonly payload: string
    }
    readonly sample: { readonly json: string; readonly jose: string }
  }[]
}

const vectors: Vectors = JSON.parse(
  readFileSync(new URL('../../docs/contract/vectors/envelopes.json', import.meta.url), 'utf8'),
)
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

for (const { name, input, expect, sample } of vectors.cases) {
  describe(`vector: ${name}`, () => {
    const { refresh, publishedAt = 0, ...rest } = input
    const built = buildEnvelope({ ...rest, publishedAt, refreshInterval: refresh }, sha256)
    const kid = vectors.key.jwk.kid
    const signature = sample.jose.split('.')[2] ?? ''

    test('has the payload, byte for byte', () => {
      assert.equal(built.payload, expect.payload)
    })
    test('has the tag', () => {
      assert.equal(built.etag, expect.etag)
    })
    test('has the window', () => {
      assert.equal(new Date(built.issuedAt * 1000).toISOString(), expect.issued_at.replace('Z', '.000Z'))
      assert.equal(new Date(built.notAfter * 1000).toISOString(), expect.not_after.replace('Z', '.000Z'))
    })
    test('is signed over the header and the payload', () => {
      assert.equal(signingInput(built.payload, kid), sample.jose.split('.').slice(0, 2).join('.'))
    })
    test('has the JSON form, in canonical JSON as a whole', () => {
      const text = jsonForm(built, protectedHeader(kid), signature)
      assert.equal(canonicalJson(JSON.parse(text)), text)
      assert.deepEqual(JSON.parse(text), {
        ...JSON.parse(sample.json),
        signature: `${protectedHeader(kid)}..${signature}`,
      })
    })
    test('has the JOSE form', () => {
      assert.equal(joseForm(built, protectedHeader(kid), signature), sample.jose)
    })
  })
}

const input: EnvelopeInput = {
  config: {},
  manager: 'https://config.example.com',
  publishedAt: 0,
  now: 1_790_000_000,
  ttl: 86_400,
  refreshInterval: '5m0s',
}

test('states degraded_mode at both places, from the one in the policy', () => {
  const degraded_mode = { policy: 'warn', grace_period: '1h' } as const
  const envelope = JSON.parse(buildEnvelope({ ...input, config: { degraded_mode } }, sha256).payload)
  assert.deepEqual(envelope.degraded_mode, degraded_mode)
  assert.deepEqual(envelope.config.degraded_mode, degraded_mode)
})

test('has the same tag on every replica of one window, and another one in the next', () => {
  const first = buildEnvelope(input, sha256)
  assert.deepEqual(buildEnvelope({ ...input, now: first.renewsAt - 1 }, sha256), first)
  assert.notEqual(buildEnvelope({ ...input, now: first.renewsAt }, sha256).etag, first.etag)
})

describe('takes for a bug', () => {
  for (const serial of [0, -1, 1.5, 2 ** 53]) {
    test(`the serial ${serial}`, () => {
      assert.throws(() => buildEnvelope({ ...input, serial }, sha256), TypeError)
    })
  }
})
