import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { corpusPem } from '../testing/corpus-document.ts'
import { type AnyDirective, type Enforcement, enforcements } from './directive.ts'
import { directives } from './index.ts'

/** Values that a client treats differently, for each directive. */
const values: Readonly<Record<(typeof directives)[number]['key'], readonly unknown[]>> = {
  registry: [
    { api_url: 'https://registry.example.com/registry/main' },
    {
      api_url: 'https://registry.example.com/registry/main',
      server_api_url: 'https://registry.example.com/',
    },
    { api_url: 'http://10.0.0.1/registry/main', allow_private_ip: true },
  ],
  non_registry_servers: [true, false],
  telemetry: [
    { otel_endpoint: 'https://otel.example.com' },
    { otel_endpoint: 'https://otel.example.com', sampling_rate: 0.1 },
    { otel_endpoint: 'https://otel.example.com', sampling_rate: 0 },
    { otel_endpoint: 'https://otel.example.com', tracing_enabled: false },
    { otel_endpoint: 'https://otel.example.com', metrics_enabled: false },
    { otel_endpoint: 'https://otel.example.com', tracing_enabled: false, metrics_enabled: false },
    { otel_endpoint: 'http://otel.example.com', insecure: true, headers: { a: 'b' } },
    { otel_endpoint: 'https://otel.example.com', headers: { a: 'b', c: 'd' } },
  ],
  ca_certificate: [
    { pem: corpusPem({}) },
    { pem: corpusPem({}).repeat(2) },
    { url: 'https://pki.example.com/ca.pem' },
  ],
  build_env: [{}, { A: '1' }, { A: '1', B: '2', C: '3', D: '4' }, { A: '1', B: '2', C: '3', D: '4', E: '5' }],
  playground: [true, false],
  help_menu: [true, false],
  assistant: [true, false],
  gateway: [
    { proxy_url: 'https://llm.example.com' },
    { api_url: 'https://llm-admin.example.com' },
    { proxy_url: 'https://llm.example.com', api_url: 'https://llm-admin.example.com' },
  ],
  degraded_mode: [
    { policy: 'warn' },
    { policy: 'warn', grace_period: '0s', message: 'Call 4400.' },
    { policy: 'warn', grace_period: '24h' },
    { policy: 'block_new' },
    { policy: 'block_new', grace_period: '1h30m' },
    { policy: 'block_new', grace_period: '24h', message: 'Call the platform team\non 4400.' },
  ],
}

const positions = (directive: AnyDirective): readonly Enforcement[] =>
  directive.enforceable ? enforcements : ['enforced']

const sentencesOf = (directive: AnyDirective, spread: readonly unknown[]): readonly string[] => [
  directive.notGoverned,
  ...spread.flatMap((value) => positions(directive).map((position) => directive.effect(value, position))),
]

const golden: Readonly<Record<string, readonly string[]>> = JSON.parse(
  readFileSync(new URL('golden/effects.json', import.meta.url), 'utf8'),
)

for (const directive of directives) {
  const spread = values[directive.key]
  const sentences = sentencesOf(directive, spread)

  test(`the values that are walked for ${directive.key} are values of it`, () => {
    for (const value of spread)
      assert.equal(directive.schema.safeParse(value).success, true, JSON.stringify(value))
  })

  test(`every effect of ${directive.key} is whole sentences`, () => {
    for (const sentence of sentences) {
      assert.match(sentence, /^[A-Z].*[.”]$/)
      assert.doesNotMatch(sentence, /undefined|null|NaN|\s{2}|\.\.|,\./)
    }
  })

  test(`every value and enforcement of ${directive.key} has an effect of its own`, () => {
    assert.equal(new Set(sentences).size, sentences.length)
  })

  test(`the effects of ${directive.key} read as they were approved`, () => {
    assert.deepEqual(sentences, golden[directive.key])
  })
}
