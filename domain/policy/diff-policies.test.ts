import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { sameJson } from '../json/same-json.ts'
import { diffPolicies } from './diff-policies.ts'
import type { Layer } from './layer.ts'
import type { EnterpriseConfig, PolicyDocument } from './policy-document.ts'
import { policyDocument } from './testing/policy-arbitraries.ts'

const organisation = (directives: EnterpriseConfig, rest: Partial<Layer> = {}): PolicyDocument => ({
  layers: [{ id: 'organisation', name: 'Organisation', directives, ...rest }],
})

const words = (before: PolicyDocument, after: PolicyDocument): readonly string[] =>
  diffPolicies(before, after).map((change) => change.words)

const registry = (api_url: string, enforcement: 'default' | 'enforced', more = {}) =>
  ({ registry: { value: { api_url, ...more }, enforcement } }) as const

const sentences: readonly (readonly [string, EnterpriseConfig, EnterpriseConfig, string])[] = [
  [
    'a directive that is governed now',
    {},
    registry('https://a.example', 'enforced'),
    'Registry: Not governed → Enforced',
  ],
  [
    'a directive that is no longer governed',
    { playground: { value: false, enforcement: 'default' } },
    {},
    'Playground: Default → Not governed',
  ],
  [
    'another enforcement',
    registry('https://a.example', 'default'),
    registry('https://a.example', 'enforced'),
    'Registry: Default → Enforced',
  ],
  [
    'another value',
    registry('https://a.example', 'default'),
    registry('https://b.example', 'default'),
    'Registry: Registry API URL "https://a.example" → "https://b.example"',
  ],
  [
    'a switch',
    { playground: { value: true, enforcement: 'default' } },
    { playground: { value: false, enforcement: 'enforced' } },
    'Playground: Default → Enforced; Shown → Hidden',
  ],
  [
    'a member that is set now',
    registry('https://a.example', 'default'),
    registry('https://a.example', 'default', { allow_private_ip: true }),
    'Registry: Private addresses not set → Accepted',
  ],
  [
    'an outage policy',
    { degraded_mode: { policy: 'warn' } },
    { degraded_mode: { policy: 'block_new', grace_period: '24h' } },
    'When this manager cannot be reached: After the grace period Warn → Block new servers; Grace period not set → "24h"',
  ],
  [
    'a variable',
    { build_env: { value: { A: '1' }, enforcement: 'default' } },
    { build_env: { value: { B: '2' }, enforcement: 'default' } },
    'Build environment: A "1" → not set; B not set → "2"',
  ],
  [
    'a secret, without showing it',
    { build_env: { value: {}, enforcement: 'default' } },
    { build_env: { value: { NPM_TOKEN: 'q8Zr2LwX0vTn5Kd7' }, enforcement: 'default' } },
    'Build environment: NPM_TOKEN not set → a secret of 16 characters, not shown',
  ],
  [
    'many members, of which it names five',
    { build_env: { value: {}, enforcement: 'default' } },
    {
      build_env: {
        value: { A: '1', B: '1', C: '1', D: '1', E: '1', F: '1', G: '1' },
        enforcement: 'default',
      },
    },
    'Build environment: A not set → "1"; B not set → "1"; C not set → "1"; D not set → "1"; E not set → "1"; and 2 more',
  ],
]

for (const [title, before, after, sentence] of sentences) {
  test(`says in words: ${title}`, () => {
    assert.deepEqual(words(organisation(before), organisation(after)), [sentence])
  })
}

const contractors: Layer = {
  id: 'c',
  name: 'Contractors',
  directives: { assistant: { value: false, enforcement: 'enforced' } },
}
const interns: Layer = { id: 'i', name: 'Interns', directives: {} }
const base = organisation({})
const withLayers = (...layers: readonly Layer[]): PolicyDocument => ({ layers: [...base.layers, ...layers] })

for (const [title, before, after, expected] of [
  [
    'a layer that is added, with what it governs',
    base,
    withLayers(contractors),
    ['Layer “Contractors” is added', 'Assistant: Not governed → Enforced'],
  ],
  [
    'a layer that is removed, with what it governed',
    withLayers(contractors),
    base,
    ['Layer “Contractors” is removed', 'Assistant: Enforced → Not governed'],
  ],
  [
    'a new name',
    withLayers(interns),
    withLayers({ ...interns, name: 'Trainees' }),
    ['Layer “Interns” is now called “Trainees”'],
  ],
  [
    'another audience',
    withLayers(interns),
    withLayers({ ...interns, audience: { groups: ['interns'] } }),
    ['Layer “Interns” holds for other clients or people'],
  ],
  [
    'a directive that became final',
    base,
    organisation({}, { final: ['assistant'] }),
    ['Assistant: later layers can no longer change it'],
  ],
  [
    'a directive that is no longer final',
    organisation({}, { final: ['assistant'] }),
    base,
    ['Assistant: later layers may change it'],
  ],
  [
    'another order',
    withLayers(contractors, interns),
    withLayers(interns, contractors),
    ['Order of precedence, lowest first: Organisation, Interns, Contractors'],
  ],
] as const satisfies readonly (readonly [string, PolicyDocument, PolicyDocument, readonly string[]])[]) {
  test(`says in words: ${title}`, () => assert.deepEqual(words(before, after), expected))
}

const risks: readonly (readonly [string, EnterpriseConfig, EnterpriseConfig, boolean])[] = [
  [
    'blocking servers',
    { non_registry_servers: { value: true, enforcement: 'enforced' } },
    { non_registry_servers: { value: false, enforcement: 'enforced' } },
    true,
  ],
  [
    'suggesting to block servers',
    {},
    { non_registry_servers: { value: false, enforcement: 'default' } },
    false,
  ],
  ['an outage policy that blocks', {}, { degraded_mode: { policy: 'block_new', grace_period: '24h' } }, true],
  [
    'a shorter grace period before blocking',
    { degraded_mode: { policy: 'block_new', grace_period: '24h' } },
    { degraded_mode: { policy: 'block_new', grace_period: '1h' } },
    true,
  ],
  ['an outage policy that warns', {}, { degraded_mode: { policy: 'warn' } }, false],
  [
    'another proxy',
    { build_env: { value: { HTTPS_PROXY: 'http://a.example' }, enforcement: 'default' } },
    { build_env: { value: { HTTPS_PROXY: 'http://b.example' }, enforcement: 'default' } },
    true,
  ],
  [
    'a variable that is no proxy',
    {},
    { build_env: { value: { EDITOR: 'vi' }, enforcement: 'default' } },
    false,
  ],
  [
    'another certificate',
    {},
    { ca_certificate: { value: { url: 'https://pki.example' }, enforcement: 'default' } },
    true,
  ],
  [
    'another telemetry target',
    {},
    { telemetry: { value: { otel_endpoint: 'https://otel.example' }, enforcement: 'default' } },
    true,
  ],
  [
    'another sampling rate',
    { telemetry: { value: { otel_endpoint: 'https://otel.example' }, enforcement: 'default' } },
    {
      telemetry: {
        value: { otel_endpoint: 'https://otel.example', sampling_rate: 0.5 },
        enforcement: 'default',
      },
    },
    false,
  ],
  [
    'another language model proxy',
    {},
    { gateway: { value: { proxy_url: 'https://llm.example' }, enforcement: 'default' } },
    true,
  ],
  [
    'another registry',
    registry('https://a.example', 'default'),
    registry('https://b.example', 'default'),
    true,
  ],
  ['hiding the playground', {}, { playground: { value: false, enforcement: 'enforced' } }, false],
]

for (const [title, before, after, risky] of risks) {
  test(`${risky ? 'marks' : 'does not mark'} as dangerous: ${title}`, () => {
    const [change] = diffPolicies(organisation(before), organisation(after))
    assert.equal(change?.kind, 'directive_changed')
    assert.equal(change?.kind === 'directive_changed' && change.risk !== undefined, risky)
  })
}

/** What a policy says, whatever the order in which a layer lists what is final. */
const meaning = (document: PolicyDocument): unknown =>
  document.layers.map((layer) => ({ ...layer, final: [...(layer.final ?? [])].sort() }))

test('finds nothing exactly when two policies say the same', () => {
  fc.assert(
    fc.property(policyDocument, policyDocument, (one, other) => {
      assert.deepEqual(diffPolicies(one, structuredClone(one)), [])
      assert.equal(diffPolicies(one, other).length === 0, sameJson(meaning(one), meaning(other)))
    }),
  )
})

test('gives every difference a sentence of its own', () => {
  fc.assert(
    fc.property(policyDocument, policyDocument, (one, other) => {
      for (const change of diffPolicies(one, other)) assert.match(change.words, /\S+.*(?:→|:|is|holds)/)
    }),
  )
})
