import { loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createFakeProvider } from '../server/adapters/identity-provider/testing/fake-provider.ts'
import { root, runAsProgram } from '../tools/pinned-node.mjs'
import { startLoader } from './load/start-loader.ts'
import { isMissed, type Measure } from './measure.ts'
import type { BenchContext } from './measures/bench-context.ts'
import { measureFixedRate } from './measures/measure-fixed-rate.ts'
import { measurePolicyChange } from './measures/measure-policy-change.ts'
import { measureStart } from './measures/measure-start.ts'
import { measureThroughput } from './measures/measure-throughput.ts'
import { machine, measureLine, writeReport } from './report.ts'
import { makeInstallation } from './servers/installation.ts'
import { issueTokens } from './servers/issue-tokens.ts'

const parts = {
  start: measureStart,
  'policy-change': measurePolicyChange,
  'fixed-rate': measureFixedRate,
  throughput: measureThroughput,
} as const

const usage = `npm run bench -- [--check] [--only NAME,…] [--rounds N]

Measures the built manager, each figure beside the least that Node itself needs. NAME is one of: ${Object.keys(parts).join(', ')}.
--check    ends with status 1 when a bound is missed.
--rounds   pairs of rounds per comparison; more of them make up for a busy machine. Default: 15.

The figures are also written to build/bench/latest.json.`

const AUDIENCE = 'enterprise-manager'

type PartName = keyof typeof parts
const isPart = (name: string): name is PartName => Object.hasOwn(parts, name)

function chosenParts(only: string | undefined): readonly PartName[] {
  const names = only === undefined ? Object.keys(parts) : only.split(',')
  const unknown = names.find((name) => !isPart(name))
  if (unknown !== undefined) throw new Error(`There is no part "${unknown}".\n\n${usage}`)
  return names.filter(isPart)
}

function chosenRounds(text: string): number {
  const rounds = Number(text)
  if (Number.isInteger(rounds) && rounds >= 1) return rounds
  throw new Error(`--rounds takes a whole number from 1.\n\n${usage}`)
}

async function runParts(names: readonly PartName[], rounds: number): Promise<readonly Measure[]> {
  const provider = await createFakeProvider({ audience: AUDIENCE })
  const installation = await makeInstallation(provider.issuer, AUDIENCE)
  const loader = startLoader()
  let people = 0
  const context: BenchContext = {
    installation,
    loader,
    rounds,
    roundMilliseconds: 500,
    newTokens(count) {
      people += count
      return issueTokens(provider, AUDIENCE, people - count, count)
    },
  }
  const measures: Measure[] = []
  try {
    for (const name of names) {
      for (const measure of await parts[name](context)) {
        measures.push(measure)
        console.log(measureLine(measure))
      }
    }
    return measures
  } finally {
    loader.stop()
    await provider.close()
    await installation.remove()
  }
}

await runAsProgram(async () => {
  const { values } = parseArgs({
    options: {
      check: { type: 'boolean' },
      only: { type: 'string' },
      rounds: { type: 'string', default: '15' },
      help: { type: 'boolean' },
    },
  })
  if (values.help === true) {
    console.log(usage)
    return 0
  }
  const { cores, cpu, node } = machine()
  const [load = 0] = loadavg()
  console.log(`${cores} cores of ${cpu}, Node ${node}, load ${load.toFixed(2)} before the start.\n`)
  const measures = await runParts(chosenParts(values.only), chosenRounds(values.rounds))
  const missed = measures.filter(isMissed)
  await writeReport(join(root, 'build/bench/latest.json'), measures)
  if (missed.length > 0) console.log(`\n${missed.length} of the bounds missed.`)
  return values.check === true && missed.length > 0 ? 1 : 0
})
