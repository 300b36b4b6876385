import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose'
import { tokenCorpus } from './access-token.corpus.ts'
import { createCorpusFixture, createForge } from './corpus-fixture.corpus.ts'
import { verifierFor } from './token-verifier.fixture.ts'

const NOW = 1_790_000_000
const fixture = await createCorpusFixture(() => NOW * 1000)
const { verifier, keySet } = verifierFor(fixture.provider, { now: fixture.now })
const forge = createForge(fixture)
const joseKeys = createLocalJWKSet({ keys: fixture.provider.jwks } as JSONWebKeySet)

before(() => keySet.refresh())
after(async () => {
  keySet.stop()
  await fixture.provider.close()
})

const acceptedByJose = async (token: string): Promise<boolean> => {
  const checked = jwtVerify(token, joseKeys, {
    issuer: fixture.provider.issuer,
    audience: [...fixture.audiences],
    algorithms: ['RS256', 'PS256', 'ES256'],
    clockTolerance: 60,
    currentDate: new Date(NOW * 1000),
    requiredClaims: ['exp', 'iat', 'sub'],
  })
  return checked.then(
    () => true,
    () => false,
  )
}

test('whatever we accept of the corpus, jose accepts', async () => {
  const disagreed: string[] = []
  for (const each of tokenCorpus(fixture)) {
    if (verifier.verify(each.token, NOW).ok && !(await acceptedByJose(each.token))) disagreed.push(each.id)
  }
  assert.deepEqual(disagreed, [])
})

const around = (centre: number) =>
  fc
    .constantFrom(-86_401, -86_400, -61, -60, -59, -1, 0, 1, 59, 60, 61, 86_400, 86_401)
    .map((by) => centre + by)
const odd = fc.constantFrom<unknown>(undefined, null, '', 'x', 0, -1, 1e300, [], {}, true)
const usually = <Value>(value: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 9, arbitrary: value as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: odd })

const claims = fc.record({
  exp: usually(around(NOW)),
  iat: usually(around(NOW)),
  nbf: fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    { weight: 2, arbitrary: usually(around(NOW)) },
  ),
  sub: usually(fc.string({ minLength: 1 })),
  aud: usually(
    fc.constantFrom<unknown>(
      'enterprise-manager',
      ['enterprise-manager'],
      ['other', 'enterprise-manager'],
      'other',
    ),
  ),
  scope: usually(
    fc.constantFrom<unknown>('toolhive:config:read', 'openid toolhive:config:read', ['toolhive:config:read']),
  ),
})

test('whatever we accept of 3,000 generated claim sets, jose accepts', async (t) => {
  let ours = 0
  await fc.assert(
    fc.asyncProperty(claims, async (over) => {
      const token = forge.token(over)
      if (!verifier.verify(token, NOW).ok) return
      ours += 1
      assert.equal(await acceptedByJose(token), true)
    }),
    { numRuns: 3000 },
  )
  t.diagnostic(`${ours} were accepted`)
  assert.ok(ours > 50, 'the generator makes good tokens too')
})
