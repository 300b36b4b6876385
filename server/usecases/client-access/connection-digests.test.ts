import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createConnectionDigests } from './connection-digests.ts'

const setUp = () => {
  const digested: string[] = []
  const digestOf = createConnectionDigests((token) => {
    digested.push(token)
    return `digest of ${token}`
  })
  return { digested, digestOf }
}

test('digests a token once for as long as the connection brings the same', () => {
  const { digested, digestOf } = setUp()
  const connection = {}
  assert.equal(digestOf('one', connection), 'digest of one')
  assert.equal(digestOf('one', connection), 'digest of one')
  assert.deepEqual(digested, ['one'])
})

test('digests anew when a connection brings another token, and again when the first comes back', () => {
  const { digestOf } = setUp()
  const connection = {}
  const digests = ['one', 'two', 'one'].map((token) => digestOf(token, connection))
  assert.deepEqual(digests, ['digest of one', 'digest of two', 'digest of one'])
})

test('tells a token from one that differs in its last character', () => {
  const { digestOf } = setUp()
  const connection = {}
  assert.equal(digestOf('token-a', connection), 'digest of token-a')
  assert.equal(digestOf('token-b', connection), 'digest of token-b')
})

test('keeps connections apart', () => {
  const { digestOf } = setUp()
  const [one, other] = [{}, {}]
  digestOf('one', one)
  digestOf('two', other)
  assert.equal(digestOf('one', one), 'digest of one')
  assert.equal(digestOf('two', other), 'digest of two')
})

test('digests every time where no connection is known', () => {
  const { digested, digestOf } = setUp()
  digestOf('one', undefined)
  digestOf('one', undefined)
  assert.deepEqual(digested, ['one', 'one'])
})
