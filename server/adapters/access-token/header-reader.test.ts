import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createHeaderReader } from './header-reader.ts'

const segmentOf = (header: object): string => Buffer.from(JSON.stringify(header)).toString('base64url')
const good = segmentOf({ alg: 'RS256', typ: 'at+jwt', kid: 'key-1' })
const rotated = segmentOf({ alg: 'ES256', typ: 'at+jwt', kid: 'key-2' })

const kidOf = (reader: ReturnType<typeof createHeaderReader>, segment: string): string => {
  const read = reader.read(segment)
  return read.ok ? (read.value.kid ?? 'none') : read.problem
}

/** A reader that has seen a good token with the first header. */
const setUp = () => {
  const reader = createHeaderReader('generic')
  const read = reader.read(good)
  assert.ok(read.ok)
  reader.keep(good, read.value)
  return { reader, header: read.value }
}

test('a kept header reads as it did the first time', () => {
  const { reader, header } = setUp()
  assert.deepEqual(reader.read(good), { ok: true, value: header })
  assert.deepEqual(header, { algorithm: 'RS256', kid: 'key-1', typedAccessToken: true })
})

test('another header is read for itself while one is kept', () => {
  const { reader } = setUp()
  assert.equal(kidOf(reader, rotated), 'key-2')
  assert.equal(kidOf(reader, good), 'key-1')
})

test('after a rotation the new header is kept, and the old one still reads', () => {
  const { reader } = setUp()
  const read = reader.read(rotated)
  assert.ok(read.ok)
  reader.keep(rotated, read.value)
  assert.equal(kidOf(reader, rotated), 'key-2')
  assert.equal(kidOf(reader, good), 'key-1')
})

test('a kept header forgives no other spelling of itself', () => {
  const { reader } = setUp()
  for (const spelled of [`${good}=`, ` ${good}`, `${good}\n`])
    assert.equal(kidOf(reader, spelled), 'encoding')
})

test('a bad header stays refused while a good one is kept', () => {
  const { reader } = setUp()
  assert.equal(kidOf(reader, segmentOf({ alg: 'none', kid: 'key-1' })), 'algorithm_refused')
  assert.equal(
    kidOf(reader, segmentOf({ alg: 'RS256', kid: 'key-1', jku: 'https://evil.example' })),
    'embedded_key',
  )
})
