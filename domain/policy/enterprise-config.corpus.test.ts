import assert from 'node:assert/strict'
import { test } from 'node:test'
import { corpus } from './enterprise-config.corpus.ts'
import type { PolicyProblem } from './problem.ts'
import { readEnterpriseConfig } from './read-enterprise-config.ts'
import { corpusContext as context } from './testing/corpus-document.ts'

const shortForm = ({ path, code, severity }: PolicyProblem): string =>
  severity === 'warning' ? `${path} ${code} (warning)` : `${path} ${code}`

for (const { title, document, problems, twin } of corpus) {
  test(`names the place and the kind of ${title}`, () => {
    const reading = readEnterpriseConfig(document, context)
    const found = reading.ok ? reading.warnings : reading.problems
    assert.deepEqual(found.map(shortForm), problems)
    assert.equal(
      reading.ok,
      problems.every((problem) => problem.endsWith('(warning)')),
    )
    for (const problem of found) assert.match(problem.message, /^[A-Z“"].*[.]$/s)
  })

  test(`accepts the twin without ${title}`, () => {
    const reading = readEnterpriseConfig(twin, context)
    assert.deepEqual(reading.ok ? reading.warnings : reading.problems, [])
    assert.equal(reading.ok, true)
  })
}
