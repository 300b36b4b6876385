import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkPolicyDocument } from '../../../domain/policy/check-policy-document.ts'
import { diffPolicies, type PolicyChange } from '../../../domain/policy/diff-policies.ts'
import { corpusContext } from '../../../domain/policy/testing/corpus-document.ts'
import { policyDocument } from '../../../domain/policy/testing/policy-arbitraries.ts'
import { verifyAudit } from '../audit/verify-audit.ts'
import { applyPolicy } from '../revisions/apply-policy.ts'
import {
  available,
  codeOf,
  done,
  editor,
  inForce,
  type Office,
  openOffice,
  owner,
  readyChange,
} from './governance.fixture.ts'
import { publishChange } from './publish-change.ts'

const valid = policyDocument.filter((document) => checkPolicyDocument(document, corpusContext).ok)

/** What a difference is about, apart from its values. */
const place = (change: PolicyChange): string =>
  change.kind === 'layers_reordered'
    ? 'order'
    : `${change.layer.id} ${'key' in change ? change.key : ''} ${change.kind}`

const headSerial = async (office: Office): Promise<number> =>
  available(await office.revisions.head())?.serial ?? 0

test('publishing changes what the change changed and nothing else, or nothing at all', async () => {
  await fc.assert(
    fc.asyncProperty(valid, valid, valid, async (base, mine, theirs) => {
      const office = openOffice()
      await applyPolicy(office, owner, { file: { value: base }, allowDelete: true })
      const baseSerial = await headSerial(office)
      const change = await readyChange(office, mine, baseSerial)
      await applyPolicy(office, owner, { file: { value: theirs }, allowDelete: true })
      const before = baseSerial === 0 ? undefined : await inForce(office)
      const outcome = codeOf(await publishChange(office, editor, change))
      if (before === undefined || outcome !== 'ok') {
        if (before !== undefined) assert.deepEqual(await inForce(office), before)
        return
      }
      const meant = new Set(diffPolicies(base, mine).map(place))
      const happened = diffPolicies(before, await inForce(office)).map(place)
      assert.deepEqual(
        happened.filter((each) => each !== 'order' && !meant.has(each)),
        [],
      )
    }),
    { numRuns: 150 },
  )
})

test('whatever is published at once, every change is in one revision or refused, and the log holds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(valid, { minLength: 2, maxLength: 6 }), async (documents) => {
      const office = openOffice()
      const changes = []
      for (const document of documents) changes.push(await readyChange(office, document))
      const outcomes = await Promise.all(changes.map((change) => publishChange(office, editor, change)))
      const serials = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value.revision.serial] : []))
      assert.deepEqual(
        serials.toSorted((one, other) => one - other),
        serials.map((_, index) => index + 1),
      )
      assert.equal(await headSerial(office), serials.length)
      assert.equal(done(await verifyAudit(office, owner)).intact, true)
    }),
    { numRuns: 100 },
  )
})
