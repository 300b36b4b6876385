import { spawn } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { answersFile } from './answers-file.ts'
import { chromium } from './find-chromium.ts'
import { root, runAsProgram } from './pinned-node.mjs'
import { type TestStep, testSteps } from './test-steps.ts'

interface Outcome {
  readonly step: TestStep
  readonly passed: boolean
  readonly seconds: number
  /** The last line, where tools say how much they looked at. */
  readonly remark: string
}

const usage = `npm test -- [--only NAME,…] [--skip NAME,…] [--verbose]

Runs every check and test. NAME is one of: ${testSteps.map(({ name }) => name).join(', ')}.
--verbose shows what each step prints while it runs; otherwise only failures are shown.

Example: npm test -- --only types,unit`

const chosen = (names: string | undefined): readonly string[] => {
  const list = (names ?? '').split(',').filter((name) => name !== '')
  const unknown = list.find((name) => testSteps.every((step) => step.name !== name))
  if (unknown !== undefined) throw new Error(`There is no step "${unknown}".\n\n${usage}`)
  return list
}

/** What the developer's own shell sets for the product must not decide what the tests see. */
const environment = (step: TestStep): NodeJS.ProcessEnv => {
  const environment = { ...process.env, NO_COLOR: '1' }
  for (const name of Object.keys(environment)) {
    if (name.startsWith('HIVEWARDEN_') || name === 'NODE_ENV' || name === 'FORCE_COLOR') {
      Reflect.deleteProperty(environment, name)
    }
  }
  // For the last step, which holds every answer against the contract.
  Object.assign(environment, { HIVEWARDEN_ANSWERS: answersFile })
  return step.needs === 'browser' ? { ...environment, CHROMIUM: chromium() } : environment
}

const execute = (
  step: TestStep,
  verbose: boolean,
): Promise<{ readonly status: number; readonly output: string }> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const child = spawn(process.execPath, step.run, {
      cwd: root,
      env: environment(step),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        if (verbose) process.stdout.write(chunk)
        else chunks.push(chunk)
      })
    }
    child.on('error', reject)
    child.on('close', (code) => resolve({ status: code ?? 1, output: Buffer.concat(chunks).toString() }))
  })

const lastLine = (output: string): string => output.trimEnd().split('\n').at(-1)?.trim().slice(0, 100) ?? ''

const attempt = async (step: TestStep, verbose: boolean): Promise<Outcome> => {
  const began = performance.now()
  const result = await execute(step, verbose).catch((problem: unknown) => ({
    status: 1,
    output: `${problem}`,
  }))
  const passed = result.status === 0
  const seconds = (performance.now() - began) / 1000
  if (!passed) console.log(result.output)
  const remark = step.run.includes('--test') ? lastLine(result.output) : ''
  return { step, passed, seconds, remark }
}

/** The tests of all steps together, in the one line that a person or a program looks for. */
const countTests = (outcomes: readonly Outcome[]): string => {
  const sums = { tests: 0, failed: 0 }
  for (const { remark } of outcomes) {
    const found = /^(\d+) tests, (\d+) failed/.exec(remark)
    sums.tests += Number(found?.[1] ?? 0)
    sums.failed += Number(found?.[2] ?? 0)
  }
  return `${sums.tests - sums.failed} passed, ${sums.failed} failed`
}

const line = ({ step, passed, seconds, remark }: Outcome): string =>
  `${passed ? '✓' : '✗'} ${step.title.padEnd(36)} ${seconds.toFixed(1).padStart(6)} s  ${remark}`.trimEnd()

await runAsProgram(async () => {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  const { values } = parseArgs({ options: { only: text, skip: text, verbose: flag, help: flag } })
  if (values.help === true) {
    console.log(usage)
    return 0
  }
  const only = chosen(values.only)
  const skip = chosen(values.skip)
  const steps = testSteps.filter(
    ({ name }) => (only.length === 0 || only.includes(name)) && !skip.includes(name),
  )
  if (steps.some(({ name }) => name === 'unit')) {
    mkdirSync(dirname(answersFile), { recursive: true })
    rmSync(answersFile, { force: true })
  }
  const outcomes: Outcome[] = []
  for (const step of steps) {
    const outcome = await attempt(step, values.verbose === true)
    outcomes.push(outcome)
    console.log(line(outcome))
  }
  const failed = outcomes.filter(({ passed }) => !passed)
  const total = outcomes.reduce((sum, { seconds }) => sum + seconds, 0)
  console.log(`\n${countTests(outcomes)}`)
  if (failed.length === 0) {
    console.log(`\nAll ${outcomes.length} steps passed in ${total.toFixed(1)} s.`)
    return 0
  }
  console.log(`\n${failed.length} of ${outcomes.length} steps failed after ${total.toFixed(1)} s:`)
  for (const outcome of failed) console.log(line(outcome))
  return 1
})
