import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RecordedAnswer } from '../../server/testing/record-answer.ts'
import { readApiDescription } from './api-description.ts'
import { createFindAnswerFaults } from './find-answer-faults.ts'

const description = readApiDescription(
  new URL('../../docs/contract/client-api.openapi.yaml', import.meta.url),
)
const findFaults = createFindAnswerFaults(description)

const envelope = {
  config: { playground: { value: false, enforcement: 'enforced' } },
  etag: `sha256:${'0'.repeat(64)}`,
  issued_at: '2026-01-01T00:00:00Z',
  manager: 'https://config.example.com',
  not_after: '2026-01-02T00:00:00Z',
  refresh_interval: '5m0s',
  schema_version: '1',
}
const headers = {
  etag: `"${envelope.etag}"`,
  'cache-control': 'private, no-cache',
  vary: 'Authorization, Accept, X-Client-Type',
  'content-type': 'application/json',
}
const answer = (over: Partial<RecordedAnswer> = {}): RecordedAnswer => ({
  method: 'GET',
  path: '/api/v1beta/config',
  status: 200,
  headers,
  body: JSON.stringify({ ...envelope, signature: 'a..b' }),
  ...over,
})
const jose = (payload: unknown): Partial<RecordedAnswer> => ({
  headers: { ...headers, 'content-type': 'application/jose' },
  body: `e30.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.AAAA`,
})
const problem = { headers: { 'content-type': 'application/json' }, body: '{"error":"not_found"}' }

for (const [title, good] of [
  ['an envelope in JSON', answer()],
  ['an envelope in JOSE', answer(jose(envelope))],
  ['HEAD without a body', answer({ method: 'HEAD', body: '' })],
  ['a 304', answer({ status: 304, body: '' })],
  ['a 404 of an unknown path', answer({ path: '/.well-known/x', status: 404, ...problem })],
  ['OPTIONS', answer({ method: 'OPTIONS', status: 204, headers: { allow: 'GET, HEAD, OPTIONS' }, body: '' })],
] as const) {
  test(`finds nothing wrong with ${title}`, () => assert.deepEqual(findFaults(good), []))
}

for (const [title, bad] of [
  ['an envelope without a signature', answer({ body: JSON.stringify(envelope) })],
  [
    'an envelope with a directive that nobody knows',
    answer({
      body: JSON.stringify({ ...envelope, signature: 'a..b', config: { playgroun: {} } }),
    }),
  ],
  ['a body that is no JSON', answer({ body: '<html>' })],
  ['another content type', answer({ headers: { ...headers, 'content-type': 'text/html' } })],
  ['a missing Vary', answer({ headers: { ...headers, vary: '' } })],
  ['another Cache-Control', answer({ headers: { ...headers, 'cache-control': 'no-store' } })],
  ['a JOSE payload with a signature inside', answer(jose({ ...envelope, signature: 'a..b' }))],
  ['a JOSE form of two segments', answer({ ...jose(envelope), body: 'e30.e30' })],
  ['HEAD with a body', answer({ method: 'HEAD' })],
  ['a 304 with a body', answer({ status: 304 })],
  ['a status that is not described', answer({ status: 500, ...problem })],
  ['an error that is no flat map', answer({ status: 400, ...problem, body: '{"error":{"code":1}}' })],
  ['a 401 without a challenge', answer({ status: 401, ...problem })],
  ['a POST that is answered like a GET', answer({ method: 'POST' })],
  ['a 405 that does not say what is allowed', answer({ method: 'POST', status: 405, ...problem })],
] as const) {
  test(`finds ${title}`, () => assert.notDeepEqual(findFaults(bad), []))
}
