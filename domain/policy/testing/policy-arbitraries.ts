import fc from 'fast-check'
import { clientTypes } from '../../client-type.ts'
import { directiveKeys } from '../find-directive.ts'
import type { Layer } from '../layer.ts'
import type { EnterpriseConfig, PolicyDocument } from '../policy-document.ts'
import { corpusPem } from './corpus-document.ts'

const host = fc.constantFrom(
  'registry.example.com',
  'otel.example.com:4318',
  'llm.example.com',
  'pki.example.com',
)
const url = fc
  .tuple(host, fc.constantFrom('', '/', '/a', '/registry/main?x=1'))
  .map(([name, path]) => `https://${name}${path}`)
const enforcement = fc.constantFrom('enforced', 'default')
const plainText = fc
  .string({ minLength: 1, maxLength: 20, unit: fc.constantFrom(...'abcXYZ 012.-_äß🐝') })
  .map((text) => text.trim())
const name = fc.string({ minLength: 1, maxLength: 8, unit: fc.constantFrom(...'ABCXYZ') })

const entry = (value: fc.Arbitrary<unknown>) => fc.record({ value, enforcement })
const flag = entry(fc.boolean())

/** Policies that clients could apply. */
export const validConfig: fc.Arbitrary<EnterpriseConfig> = fc
  .record(
    {
      registry: entry(
        fc.record(
          { api_url: url, server_api_url: url, allow_private_ip: fc.boolean() },
          { requiredKeys: ['api_url'] },
        ),
      ),
      non_registry_servers: flag,
      telemetry: entry(
        fc.record(
          {
            otel_endpoint: url,
            sampling_rate: fc.double({ min: 0, max: 1, noNaN: true }),
            tracing_enabled: fc.boolean(),
            metrics_enabled: fc.boolean(),
            headers: fc.dictionary(
              name.map((text) => `x-${text.toLowerCase()}`),
              plainText,
              { maxKeys: 4 },
            ),
          },
          { requiredKeys: ['otel_endpoint'] },
        ),
      ),
      ca_certificate: entry(
        fc.oneof(
          fc.record({ url }),
          fc.constantFrom(1, 2).map((count) => ({ pem: corpusPem({}).repeat(count) })),
        ),
      ),
      build_env: entry(
        fc.dictionary(
          name.map((text) => `V_${text}`),
          plainText,
          { maxKeys: 5 },
        ),
      ),
      playground: flag,
      help_menu: flag,
      assistant: flag,
      gateway: entry(fc.oneof(fc.record({ proxy_url: url }), fc.record({ api_url: url, proxy_url: url }))),
      degraded_mode: fc.record(
        {
          policy: fc.constantFrom('warn', 'block_new'),
          grace_period: fc.constantFrom('0', '24h', '1h30m', '90s'),
          message: plainText,
        },
        { requiredKeys: ['policy'] },
      ),
    },
    { requiredKeys: [] },
    // Copied, since generated objects have no prototype. That they are policies is what the tests find out.
  )
  .map((config) => structuredClone(config) as EnterpriseConfig)

const oddities: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -0,
  1,
  1.5,
  -1,
  1e21,
  '',
  ' ',
  '\u0000',
  '\u202e',
  '\ud800',
  'enforced',
  '24h',
  'https://x',
  'http://127.0.0.1',
  'https://[::1]/',
  'https://a b/',
  'https://ä.example/',
  'https://x/%zz',
  'https:\\\\x',
  '-----BEGIN CERTIFICATE-----',
  'x'.repeat(5000),
  [],
  {},
  [[]],
  { value: null },
  { pem: 'x' },
  { url: 'https://x' },
  { a: 'b' },
]

interface Mutation {
  readonly place: number
  readonly kind: 'replace' | 'remove' | 'add'
  readonly oddity: unknown
  readonly key: string
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  place: fc.nat(40),
  kind: fc.constantFrom('replace' as const, 'remove' as const, 'add' as const),
  oddity: fc.oneof(fc.constantFrom(...oddities), fc.jsonValue({ maxDepth: 3 })),
  key: fc.oneof(
    fc.constantFrom(
      'value',
      'enforcement',
      'pem',
      'url',
      'api_url',
      'constructor',
      '',
      'a~/b',
      ...directiveKeys,
    ),
    fc.string({ maxLength: 12 }),
  ),
})

/** A policy with none to three faults. */
export const mutatedDocument: fc.Arbitrary<string> = fc
  .tuple(validConfig, fc.array(mutation, { maxLength: 3 }))
  .map(([config, mutations]) => JSON.stringify(mutations.reduce(mutate, structuredClone(config) as unknown)))

/** A text that was damaged after it was written. */
export const damagedText: fc.Arbitrary<string> = fc
  .tuple(mutatedDocument, fc.nat(2000), fc.nat(4), fc.string({ maxLength: 4 }))
  .map(([text, at, removed, inserted]) => text.slice(0, at) + inserted + text.slice(at + removed))

function mutate(document: unknown, { place, kind, oddity, key }: Mutation): unknown {
  const containers: object[] = []
  collect(document, containers)
  const container = containers[place % Math.max(1, containers.length)]
  if (container === undefined) return structuredClone(oddity)
  const names = Object.keys(container)
  const target = kind === 'add' ? key : (names[place % Math.max(1, names.length)] ?? key)
  if (kind === 'remove') Reflect.deleteProperty(container, target)
  else
    Object.defineProperty(container, target, {
      value: structuredClone(oddity),
      enumerable: true,
      configurable: true,
      writable: true,
    })
  return document
}

function collect(value: unknown, containers: object[]): void {
  if (typeof value !== 'object' || value === null) return
  containers.push(value)
  for (const member of Object.values(value)) collect(member, containers)
}

const layer = (id: string): fc.Arbitrary<Layer> =>
  fc
    .record(
      {
        name: fc.constantFrom('Organisation', 'Contractors', 'Data science'),
        audience: fc.record(
          { groups: fc.subarray(['a', 'b', 'c']), clientTypes: fc.subarray([...clientTypes]) },
          { requiredKeys: [] },
        ),
        directives: validConfig,
        final: fc.subarray([...directiveKeys], { minLength: 1, maxLength: 3 }),
      },
      { requiredKeys: ['name', 'directives'] },
    )
    .map((rest) => ({ id, ...rest }))

const layerIds = ['organisation', 'l1', 'l2', 'l3', 'l4']

/** Policies of up to five layers in any order; two of them share most ids, as two versions of one policy do. */
export const policyDocument: fc.Arbitrary<PolicyDocument> = fc
  .shuffledSubarray(layerIds)
  .chain((ids) => fc.tuple(...ids.map(layer)))
  .map((layers) => ({ layers }))
