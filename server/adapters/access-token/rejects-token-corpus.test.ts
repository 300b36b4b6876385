import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { publicRefusal } from '../../../domain/identity/token-refusal.ts'
import { createCorpusFixture, tokenCorpus } from './access-token.corpus.ts'
import { verifierFor } from './token-verifier.fixture.ts'

const NOW = 1_790_000_000
const fixture = await createCorpusFixture(() => NOW * 1000)
const { verifier, keySet } = verifierFor(fixture.provider, { now: () => NOW * 1000 })

before(async () => {
  assert.deepEqual(await keySet.refresh(), { fresh: true })
})
after(async () => {
  keySet.stop()
  await fixture.provider.close()
})

for (const each of tokenCorpus(fixture)) {
  const verdict = each.expect === 'accept' ? 'accepts' : each.expect === 'no_crash' ? 'survives' : 'refuses'
  test(`${verdict} ${each.id}: ${each.title}`, () => {
    const result = verifier.verify(each.token, NOW)
    const found = result.ok ? 'accept' : publicRefusal(result.problem.reason)
    if (each.expect === 'no_crash') assert.ok(found === 'accept' || found === 'invalid_token')
    else assert.equal(found, each.expect, result.ok ? '' : result.problem.reason)
    if (each.reason !== undefined) assert.equal(result.ok ? undefined : result.problem.reason, each.reason)
  })
}

test('a member named __proto__ changes no object of the program', () => {
  assert.equal(Reflect.get({}, 'admin'), undefined)
})

test('the ids of the corpus are unique', () => {
  const ids = tokenCorpus(fixture).map(({ id }) => id)
  assert.equal(new Set(ids).size, ids.length)
})

test('no token of the corpus made the manager ask anybody but the provider for keys', () => {
  assert.deepEqual(fixture.provider.requests, { discovery: 1, jwks: 1, other: 0 })
})
