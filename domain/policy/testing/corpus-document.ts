import type { CertificateFacts, PolicyContext, ReadCertificate } from '../policy-context.ts'

/** The time at which the corpus is read. */
export const corpusTime = 1_800_000_000

type Parts = Readonly<Record<string, unknown>>

export const text = (parts: unknown): string => JSON.stringify(parts)
export const bytes = (content: string): Uint8Array => new TextEncoder().encode(content)
export const day = 86_400

/** A block that the tests' certificate reader understands: the facts themselves. */
export function corpusPem(facts: Partial<CertificateFacts>): string {
  const whole = {
    subject: 'CN=Corpus',
    ca: true,
    notBefore: corpusTime - day,
    notAfter: corpusTime + 365 * day,
    ...facts,
  }
  return `-----BEGIN CERTIFICATE-----\n${btoa(JSON.stringify(whole))}\n-----END CERTIFICATE-----\n`
}

export const api = 'https://registry.example.com/registry/main'
export const registry = (value: Parts, enforcement: unknown = 'enforced') =>
  text({ registry: { value, enforcement } })
export const registryAt = (api_url: string) => registry({ api_url })
export const goodRegistry = registryAt(api)

export const otel = 'https://otel.example.com:4318'
export const telemetry = (value: Parts) =>
  text({ telemetry: { value: { otel_endpoint: otel, ...value }, enforcement: 'default' } })
export const headers = (value: unknown) => telemetry({ headers: value })
export const buildEnv = (value: unknown) => text({ build_env: { value, enforcement: 'default' } })
export const certificate = (value: unknown) => text({ ca_certificate: { value, enforcement: 'enforced' } })
export const outage = (value: Parts) => text({ degraded_mode: { policy: 'warn', ...value } })
export const grace = (grace_period: unknown) => outage({ grace_period })
export const flag = (key: string, value: unknown, enforcement: unknown = 'default') =>
  text({ [key]: { value, enforcement } })

export const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
export const many = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`NAME_${index}`, 'value']))

/** A title, a document with a fault, what is found in it, and the same document without the fault. */
export type Row = readonly [
  title: string,
  document: string | Uint8Array,
  problems: string | readonly string[],
  twin: string | Uint8Array,
  structural?: 'structural',
]

/** Marks a fault that a JSON Schema can see as well. */
export const structure = 'structural'

const readCorpusCertificate: ReadCertificate = (block) => {
  try {
    const facts: Partial<CertificateFacts> = JSON.parse(atob(block.split('\n')[1] ?? ''))
    const { subject, ca, notBefore, notAfter } = facts
    if (typeof subject !== 'string' || typeof ca !== 'boolean') return undefined
    if (typeof notBefore !== 'number' || typeof notAfter !== 'number') return undefined
    return { subject, ca, notBefore, notAfter }
  } catch {
    return undefined
  }
}

export const corpusContext: PolicyContext = { now: corpusTime, readCertificate: readCorpusCertificate }
