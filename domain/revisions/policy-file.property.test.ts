import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { sameJson } from '../json/same-json.ts'
import { checkPolicyDocument } from '../policy/check-policy-document.ts'
import { diffPolicies } from '../policy/diff-policies.ts'
import { singleLayer } from '../policy/single-layer.ts'
import { corpusContext } from '../policy/testing/corpus-document.ts'
import { policyDocument, validConfig } from '../policy/testing/policy-arbitraries.ts'
import { planChanges } from './plan-changes.ts'
import { readPolicyFile, writePolicyFile } from './policy-file.ts'

const context = corpusContext

const isValid = (document: unknown): boolean => checkPolicyDocument(document, context).ok

test('what was written reads as the very same policy', () => {
  fc.assert(
    fc.property(policyDocument.filter(isValid), (document) => {
      const reading = readPolicyFile({ text: writePolicyFile(document) }, context)
      assert.ok(reading.ok)
      assert.ok(sameJson(reading.value, document))
      assert.deepEqual(planChanges(document, reading.value), [])
    }),
  )
})

test('one layer for everybody is written as its bare directives', () => {
  fc.assert(
    fc.property(validConfig, (config) => {
      assert.deepEqual(JSON.parse(writePolicyFile(singleLayer(config))), config)
    }),
  )
})

test('a plan is empty exactly where nothing differs', () => {
  fc.assert(
    fc.property(policyDocument, policyDocument, (one, other) => {
      assert.equal(planChanges(one, other).length, diffPolicies(one, other).length)
      assert.deepEqual(planChanges(one, structuredClone(one)), [])
    }),
  )
})

test('what one direction adds, the other removes', () => {
  const count = (plan: ReturnType<typeof planChanges>, action: string): number =>
    plan.filter((planned) => planned.action === action).length
  fc.assert(
    fc.property(policyDocument, policyDocument, (one, other) => {
      assert.equal(count(planChanges(one, other), 'add'), count(planChanges(other, one), 'remove'))
    }),
  )
})
