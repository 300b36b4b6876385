import { headers, otel, type Row, structure, telemetry, text } from './corpus-document.ts'

export const telemetries: readonly Row[] = [
  [
    '27 telemetry without endpoint',
    text({ telemetry: { value: {}, enforcement: 'default' } }),
    '/telemetry/value/otel_endpoint required',
    telemetry({}),
    structure,
  ],
  [
    '28 an http endpoint that nobody said is meant',
    telemetry({ otel_endpoint: 'http://otel.example.com' }),
    '/telemetry/value/insecure inconsistent',
    telemetry({ otel_endpoint: 'http://otel.example.com', insecure: true }),
  ],
  [
    '29 a sampling rate above one',
    telemetry({ sampling_rate: 1.5 }),
    '/telemetry/value/sampling_rate range',
    telemetry({ sampling_rate: 1 }),
    structure,
  ],
  [
    '30 a sampling rate below zero',
    telemetry({ sampling_rate: -0.1 }),
    '/telemetry/value/sampling_rate range',
    telemetry({ sampling_rate: 0 }),
    structure,
  ],
  [
    '31 a sampling rate in quotes',
    telemetry({ sampling_rate: '0.1' }),
    '/telemetry/value/sampling_rate type_number',
    telemetry({ sampling_rate: 0.1 }),
    structure,
  ],
  [
    '32 a sampling rate that no number holds',
    `{"telemetry":{"value":{"otel_endpoint":"${otel}","sampling_rate":1e400},"enforcement":"default"}}`,
    '/telemetry/value/sampling_rate number_range',
    telemetry({ sampling_rate: 1 }),
  ],
  [
    '33 a header called x-api-key',
    headers({ 'x-api-key': 'abc' }),
    '/telemetry/value/headers/x-api-key secret_suspected',
    headers({ 'x-team': 'abc' }),
  ],
  [
    '33 a header called authorization',
    headers({ authorization: 'Basic abc' }),
    '/telemetry/value/headers/authorization secret_suspected',
    headers({ 'x-scope-orgid': 'abc' }),
  ],
  [
    '34 a header name with a space',
    headers({ 'a b': 'c' }),
    '/telemetry/value/headers/a b header_name',
    headers({ 'a-b': 'c' }),
  ],
  [
    '35 a header value with a line break',
    headers({ 'x-team': 'a\r\nx-other: b' }),
    '/telemetry/value/headers/x-team header_value',
    headers({ 'x-team': 'a, b' }),
  ],
  ['36 headers as a list', headers([]), '/telemetry/value/headers type_object', headers({}), structure],
]
