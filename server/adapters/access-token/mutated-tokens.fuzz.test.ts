import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createCorpusFixture, createForge } from './corpus-fixture.corpus.ts'
import { createRandom, mutate } from './mutate-token.fixture.ts'
import { verifierFor } from './token-verifier.fixture.ts'

const ROUNDS = 20_000
const NOW = 1_790_000_000
const seed = Number(process.env.HIVEWARDEN_FUZZ_SEED ?? Date.now() % 2 ** 32)
const fixture = await createCorpusFixture(() => NOW * 1000)
const { verifier, keySet } = verifierFor(fixture.provider, { now: fixture.now })
const forge = createForge(fixture)

before(() => keySet.refresh())
after(async () => {
  keySet.stop()
  await fixture.provider.close()
})

test('no mutated token is accepted and none makes the verifier throw', (t) => {
  t.diagnostic(`seed ${seed}; repeat with HIVEWARDEN_FUZZ_SEED=${seed}`)
  const random = createRandom(seed)
  const good = [
    forge.token(),
    forge.token({ groups: ['a', 'b'], email: 'a@example.com' }),
    fixture.provider.issue({}, { alg: 'ES256' }),
    fixture.provider.issue({ scope: ['toolhive:config:read'] }, { typ: 'JWT' }),
  ]
  for (const token of good) assert.ok(verifier.verify(token, NOW).ok)
  const reasons = new Map<string, number>()
  for (let round = 0; round < ROUNDS; round += 1) {
    const mutant = mutate(good, random)
    if (good.includes(mutant)) continue
    const result = verifier.verify(mutant, NOW)
    assert.ok(!result.ok, `round ${round} of seed ${seed} was accepted: ${JSON.stringify(mutant)}`)
    reasons.set(result.problem.reason, (reasons.get(result.problem.reason) ?? 0) + 1)
  }
  t.diagnostic([...reasons].map(([reason, count]) => `${reason} ${count}`).join(', '))
  assert.ok(reasons.size >= 8, 'the mutations reach many checks')
})
