import { z } from 'zod'
import { detectSecret } from '../detect-secret.ts'
import { escapeUnsafeCharacters, hasUnsafeCharacter } from '../unsafe-characters.ts'
import { defineDirective, type Report } from './directive.ts'
import { hostOf } from './host-of.ts'
import { reportUrl } from './report-url.ts'
import { urlText } from './structure.ts'

const headerName = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,128}$/
const credentialName = new RegExp(
  [
    'authori[sz]ation',
    'cookie',
    'token',
    'secret',
    'passw(?:or)?d',
    'credential',
    'bearer',
    'dsn$',
    '(?:^|[-_])auth(?:$|[-_])',
    '(?:api|access|ingest(?:ion)?|licen[sc]e|private|write|account|client|session|app)[-_]?key',
    '^x-honeycomb-team$',
  ].join('|'),
  'i',
)

export const telemetry = defineDirective({
  key: 'telemetry',
  title: 'Telemetry',
  group: 'Telemetry',
  summary: 'Where clients send traces and metrics.',
  enforceable: true,
  schema: z.strictObject({
    otel_endpoint: urlText().meta({ description: 'OTLP/HTTP endpoint. http only with insecure true.' }),
    sampling_rate: z.number().min(0).max(1).exactOptional().meta({
      description: 'Share of traces that are sent, from 0 to 1.',
    }),
    tracing_enabled: z.boolean().exactOptional().meta({ description: 'Whether traces are sent.' }),
    metrics_enabled: z.boolean().exactOptional().meta({ description: 'Whether metrics are sent.' }),
    insecure: z
      .boolean()
      .exactOptional()
      .meta({ description: 'Says that an endpoint without TLS is meant.' }),
    headers: z.record(z.string(), z.string()).exactOptional().meta({
      description: 'Sent with every export. Every client can read them: never a credential.',
    }),
  }),
  initial: { otel_endpoint: '', sampling_rate: 0.1, tracing_enabled: true, metrics_enabled: true },
  example: {
    otel_endpoint: 'https://otel.example.com:4318',
    sampling_rate: 0.1,
    tracing_enabled: true,
    metrics_enabled: true,
    headers: { 'x-team': 'platform' },
  },
  fields: [
    {
      kind: 'url',
      path: ['otel_endpoint'],
      label: 'OTLP endpoint',
      hint: 'OTLP over HTTP.',
      placeholder: 'https://otel.example.com:4318',
      required: true,
    },
    {
      kind: 'number',
      path: ['sampling_rate'],
      label: 'Sampling',
      hint: '0.1 sends 10 of 100 traces.',
      least: 0,
      most: 1,
      step: 0.01,
      required: false,
    },
    { kind: 'boolean', path: ['tracing_enabled'], label: 'Traces', on: 'Sent', off: 'Not sent' },
    { kind: 'boolean', path: ['metrics_enabled'], label: 'Metrics', on: 'Sent', off: 'Not sent' },
    {
      kind: 'boolean',
      path: ['insecure'],
      label: 'Plain text',
      hint: 'Needed for an http endpoint.',
      on: 'Meant',
      off: 'Off',
    },
    {
      kind: 'map',
      path: ['headers'],
      label: 'Headers',
      hint: 'Every client can read them: never a credential.',
      nameLabel: 'Header',
      valueLabel: 'Value',
      maxItems: 100,
    },
  ],
  notGoverned: 'Clients send telemetry only where a person tells them to.',
  effect(value, enforcement) {
    const place = hostOf(value.otel_endpoint)
    const what = sentThings(value.tracing_enabled, value.metrics_enabled, value.sampling_rate)
    const target =
      what === undefined ? `Clients send nothing to ${place}` : `Clients send ${what} to ${place}`
    const headers = Object.keys(value.headers ?? {}).length
    const extra =
      headers === 0 ? '' : ` with ${headers === 1 ? 'one extra header' : `${headers} extra headers`}`
    const plain = value.insecure === true ? ', without encryption' : ''
    return enforcement === 'enforced'
      ? `${target}${extra}${plain}; people cannot change this.`
      : `${target}${extra}${plain}, unless a person changes it.`
  },
  risk({ before, after }) {
    if (after === undefined || before?.value.otel_endpoint === after.value.otel_endpoint) return undefined
    return before === undefined
      ? 'Clients begin to send data about people’s work to this endpoint.'
      : 'Clients send data about people’s work to another endpoint.'
  },
  examine(value, _context, report) {
    const endpoint = reportUrl(value.otel_endpoint, ['otel_endpoint'], report)
    if (endpoint?.scheme === 'http' && value.insecure !== true) {
      report.error(
        ['insecure'],
        'inconsistent',
        'Use an https endpoint, or set insecure to true to say that plain text is meant.',
        value.insecure,
      )
    }
    if (endpoint?.scheme === 'https' && value.insecure === true) {
      report.warning(
        ['insecure'],
        'inconsistent',
        'Remove insecure: the endpoint is https, and some clients would then send plain text.',
        value.insecure,
      )
    }
    examineHeaders(value.headers ?? {}, report)
  },
})

function examineHeaders(headers: Readonly<Record<string, string>>, report: Report): void {
  const seen = new Set<string>()
  for (const [name, value] of Object.entries(headers)) {
    const path = ['headers', name]
    if (!headerName.test(name)) {
      report.error(path, 'header_name', 'Use a header name of letters, digits and hyphens.', name)
    } else if (credentialName.test(name)) {
      report.error(
        path,
        'secret_suspected',
        'Remove this header: it carries a credential, and every client can read this policy.',
      )
    } else if (seen.has(name.toLowerCase())) {
      report.error(
        path,
        'duplicate_key',
        'Keep one of the headers that differ only in upper and lower case.',
        name,
      )
    }
    seen.add(name.toLowerCase())
    examineHeaderValue(name, value, path, report)
  }
}

function examineHeaderValue(name: string, value: string, path: readonly string[], report: Report): void {
  // Stops a value that starts a second header.
  if (hasUnsafeCharacter(value) || value.trim() !== value) {
    report.error(
      path,
      'header_value',
      'Remove line breaks, control characters and spaces at the ends from this header value.',
      value,
    )
  }
  const secret = credentialName.test(name) ? undefined : detectSecret(value, name)
  if (secret !== undefined) {
    report.warning(
      path,
      'secret_suspected',
      `Check ${escapeUnsafeCharacters(name)}: the value looks like ${secret}, and every client can read it.`,
      value,
    )
  }
}

function sentThings(
  tracing: boolean | undefined,
  metrics: boolean | undefined,
  rate: number | undefined,
): string | undefined {
  const traces = rate === undefined ? 'traces' : `${Number((rate * 100).toFixed(4))} of 100 traces`
  const things = [tracing === false ? [] : [traces], metrics === false ? [] : ['metrics']].flat()
  return things.length === 0 ? undefined : things.join(' and ')
}
