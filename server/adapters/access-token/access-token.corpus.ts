import { type CorpusFixture, createForge, type TokenCase } from './corpus-fixture.corpus.ts'
import { claimCases } from './token-claims.corpus.ts'
import { formCases } from './token-form.corpus.ts'
import { headerCases } from './token-header.corpus.ts'

export { type CorpusFixture, createCorpusFixture, type TokenCase } from './corpus-fixture.corpus.ts'

/** Every token that an attacker, a broken provider or a wrong setting has been known to send, with what must come of it. */
export const tokenCorpus = (fixture: CorpusFixture): readonly TokenCase[] => {
  const forge = createForge(fixture)
  return [...formCases(forge), ...headerCases(forge), ...claimCases(forge, fixture)]
}
