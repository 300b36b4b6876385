import { readFileSync } from 'node:fs'
import type { RecordedAnswer } from '../server/testing/record-answer.ts'
import { readApiDescription } from './answers/api-description.ts'
import { createFindAnswerFaults } from './answers/find-answer-faults.ts'
import { answersFile } from './answers-file.ts'

/** What the description names and this version cannot answer, with the reason. */
const notYet: Readonly<Record<string, string>> = {
  '/api/v1beta/config 429': 'Nothing limits how often a client may ask.',
}

const description = readApiDescription(new URL('../docs/contract/client-api.openapi.yaml', import.meta.url))
const findFaults = createFindAnswerFaults(description)
const answers = readFileSync(answersFile, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line): RecordedAnswer => JSON.parse(line))

const faults = new Map<string, number>()
const seen = new Set<string>()
for (const answer of answers) {
  if (answer.method === 'GET') seen.add(`${answer.path} ${answer.status}`)
  for (const fault of findFaults(answer)) {
    const line = `${answer.method} ${answer.path} ${answer.status}: ${fault}`
    faults.set(line, (faults.get(line) ?? 0) + 1)
  }
}
for (const [path, responses] of description.responses) {
  for (const status of responses.keys()) {
    const answer = `${path} ${status}`
    if (!seen.has(answer) && notYet[answer] === undefined)
      faults.set(`${answer}: described, and never seen`, 1)
    if (seen.has(answer) && notYet[answer] !== undefined)
      faults.set(`${answer}: seen, take it off the list`, 1)
  }
}

for (const [fault, times] of faults) console.error(times === 1 ? fault : `${fault} (${times} times)`)
if (faults.size > 0) process.exitCode = 1
else console.log(`${answers.length} answers match the contract.`)
