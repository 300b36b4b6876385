import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import { parse } from 'yaml'
import { corpus } from './enterprise-config.corpus.ts'
import { enterpriseConfigJsonSchema } from './enterprise-config-json-schema.ts'
import { checkEnterpriseConfig, readEnterpriseConfig } from './read-enterprise-config.ts'
import { corpusContext as context } from './testing/corpus-document.ts'
import { damagedText, mutatedDocument, validConfig } from './testing/policy-arbitraries.ts'

const contract = parse(
  readFileSync(new URL('../../docs/contract/client-api.openapi.yaml', import.meta.url), 'utf8'),
)

function contractAccepts(): (value: unknown) => boolean {
  const ajv = new Ajv2020({ strict: false })
  addFormats.default(ajv)
  ajv.addSchema({ $id: 'contract', components: contract.components })
  const validate = ajv.getSchema('contract#/components/schemas/EnterpriseConfig')
  assert.ok(validate)
  return (value) => validate(value) === true
}

function schemaAccepts(): (value: unknown) => boolean {
  const ajv = new Ajv2020({ strict: true, strictRequired: false })
  addFormats.default(ajv)
  const validate = ajv.compile(enterpriseConfigJsonSchema())
  return (value) => validate(value)
}

const byContract = contractAccepts()
const bySchema = schemaAccepts()

const decoded = (document: string | Uint8Array): unknown =>
  JSON.parse(typeof document === 'string' ? document : new TextDecoder().decode(document))

for (const { title, document, twin, structural } of corpus) {
  test(`the contract and our JSON Schema accept the twin without ${title}`, () => {
    assert.equal(byContract(decoded(twin)), true)
    assert.equal(bySchema(decoded(twin)), true)
  })
  if (!structural) continue
  test(`the contract and our JSON Schema refuse ${title}`, () => {
    assert.equal(byContract(decoded(document)), false)
    assert.equal(bySchema(decoded(document)), false)
  })
}

test('accepts generated policies, and so do the contract and our JSON Schema', () => {
  fc.assert(
    fc.property(validConfig, (config) => {
      const reading = readEnterpriseConfig(JSON.stringify(config), context)
      assert.equal(reading.ok, true, JSON.stringify(reading))
      assert.equal(byContract(config), true)
      assert.equal(bySchema(config), true)
    }),
    { numRuns: 2000 },
  )
})

test('of 20,000 mutated policies none throws, and what is accepted agrees with the contract and stays the same', () => {
  let accepted = 0
  let refused = 0
  fc.assert(
    fc.property(mutatedDocument, (text) => {
      const reading = readEnterpriseConfig(text, context)
      const document = decoded(text)
      assert.equal(byContract(document), bySchema(document), 'contract and schema disagree')
      if (!reading.ok) {
        refused += 1
        assert.ok(reading.problems.some((problem) => problem.severity === 'error'))
        return
      }
      accepted += 1
      assert.equal(byContract(document), true, 'accepted against the contract')
      const again = readEnterpriseConfig(JSON.stringify(reading.value), context)
      assert.deepEqual(again, reading, 'not a fixpoint')
      assert.deepEqual(checkEnterpriseConfig(document, context), reading, 'the value is read differently')
    }),
    { numRuns: 20_000 },
  )
  assert.ok(accepted > 500, `only ${accepted} were accepted`)
  assert.ok(refused > 5000, `only ${refused} were refused`)
})

test('of 20,000 damaged texts none throws, and none is read that JSON does not know', () => {
  fc.assert(
    fc.property(damagedText, (text) => {
      const reading = readEnterpriseConfig(text, context)
      if (reading.ok) assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(reading.value)))
      else assert.ok(reading.problems.length > 0)
    }),
    { numRuns: 20_000 },
  )
})
